package dev.mayfly.image;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.FunctionDescriptor;
import dev.mayfly.abi.MemoryMap;
import dev.mayfly.vmm.Content;
import dev.mayfly.vmm.GuestImage;
import dev.mayfly.vmm.LinearMemory;
import dev.mayfly.vmm.Permission;
import dev.mayfly.vmm.Region;
import dev.mayfly.wasm.ModuleLimitException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A compiled module at its addresses, in the process's memory or in a file that is open. What is in it may not be
 * changed. It is thread-safe, and closed after everything that was made from it.
 */
public final class Image implements AutoCloseable {

    /** How large a stack is possible, in bytes, whatever the module. */
    public static final long STACK_BYTES = 64L << 20;

    /** What is left for all parts. */
    static final long SPAN = MemoryMap.IMAGE_SPAN - MemoryMap.STACK_GUARD - STACK_BYTES;

    private final Part code;
    private final Part constants;
    private final Part data;
    private final InitialMemory memory;
    private final AddressMap addresses;
    private final Runnable release;

    Image(Part code, Part constants, Part data, InitialMemory memory, AddressMap addresses, Runnable release) {
        this.code = code;
        this.constants = constants;
        this.data = data;
        this.memory = memory;
        this.addresses = addresses;
        this.release = release;
    }

    public Part code() {
        return code;
    }

    /** Begins with the {@linkplain FunctionDescriptor descriptors of all functions}. */
    public Part constants() {
        return constants;
    }

    /** Begins with the {@link Context}. */
    public Part data() {
        return data;
    }

    InitialMemory memory() {
        return memory;
    }

    AddressMap addresses() {
        return addresses;
    }

    /** How much there is of it, in bytes: what is not zero, and what it says of its code. */
    public long bytes() {
        long contents = Stream.of(code.contents(), constants.contents(), data.contents(), memory.contents())
                .flatMap(List::stream)
                .mapToLong(Content::bytes)
                .sum();
        return contents + addresses.bytes();
    }

    /**
     * What to load for instances to be made from. This image is closed after what was loaded.
     *
     * @param memoryLimit how many bytes linear memory may grow to, if the module lets it
     * @param stackBytes of the stack; a positive multiple of the page size, at most {@link #STACK_BYTES}
     * @throws ModuleLimitException if linear memory is larger than its limit from the beginning
     */
    public GuestImage guest(long memoryLimit, long stackBytes) throws ModuleLimitException {
        long initial = memory.initialBytes();
        if (initial > memoryLimit) {
            throw new ModuleLimitException("memoryBytes", memoryLimit, initial, 0);
        }
        long limit = Math.min(memory.maximumBytes(), memoryLimit) / LinearMemory.PAGE * LinearMemory.PAGE;
        return new GuestImage(
                List.of(
                        region(code, Permission.CODE),
                        region(constants, Permission.CONSTANT),
                        region(data, Permission.DATA)),
                data.address(),
                stackBytes,
                new LinearMemory(initial, limit, memory.contents()),
                this::isMemoryAccess);
    }

    private static Region region(Part part, Permission permission) {
        return new Region(part.address(), part.bytes(), permission, part.contents());
    }

    /**
     * The address that the host enters to call a function with arguments in the context's frame.
     *
     * @throws IllegalArgumentException if the function has no entry
     */
    public long entry(int function) {
        return addresses.entry(function);
    }

    /** Whether the instruction at an address accesses linear memory. */
    public boolean isMemoryAccess(long address) {
        return addresses.isMemoryAccess(address);
    }

    /**
     * What the instruction at an address stems from. A call is found by the address of its last byte, which is one less
     * than the address that it returns to.
     *
     * @param address any number at all
     * @return nothing if there is no code, or none of the module's functions: a stub or a routine of the runtime
     */
    public Optional<CodePosition> position(long address) {
        return addresses.position(address);
    }

    /** The reference to a function. */
    public long reference(int function) {
        return constants.address() + (long) function * FunctionDescriptor.BYTES;
    }

    /** Where a global is. */
    public long global(int index) {
        return data.address() + Context.GLOBALS + (long) index * Context.GLOBAL_BYTES;
    }

    /** Forgets it; does nothing the second time. */
    @Override
    public void close() {
        release.run();
    }
}

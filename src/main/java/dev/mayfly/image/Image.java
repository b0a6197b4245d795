package dev.mayfly.image;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.FunctionDescriptor;
import java.util.Optional;

/** A compiled module at its addresses. What is in it may not be changed. */
public final class Image {

    /** A stretch of bytes and the address where the guest sees it. */
    public static final class Part {

        private final Block block;

        Part(Block block) {
            this.block = block;
        }

        public long address() {
            return block.address();
        }

        /** Behind its last page. */
        public long end() {
            return block.end();
        }

        /** What it begins with; the rest of its pages is zero. */
        public byte[] bytes() {
            return block.bytes();
        }
    }

    private final Part code;
    private final Part constants;
    private final Part data;
    private final long initialMemory;
    private final long memoryLimit;
    private final byte[] memoryContent;
    private final AddressMap addresses;
    private final long descriptors;

    Image(
            Block code,
            Block constants,
            Block data,
            long initialMemory,
            long memoryLimit,
            byte[] memoryContent,
            AddressMap addresses,
            long descriptors) {
        this.code = new Part(code);
        this.constants = new Part(constants);
        this.data = new Part(data);
        this.initialMemory = initialMemory;
        this.memoryLimit = memoryLimit;
        this.memoryContent = memoryContent;
        this.addresses = addresses;
        this.descriptors = descriptors;
    }

    public Part code() {
        return code;
    }

    public Part constants() {
        return constants;
    }

    /** Begins with the {@link Context}. */
    public Part data() {
        return data;
    }

    /** In bytes. */
    public long initialMemory() {
        return initialMemory;
    }

    /** How many bytes linear memory may grow to. */
    public long memoryLimit() {
        return memoryLimit;
    }

    /** What linear memory begins with; the rest is zero. */
    public byte[] memoryContent() {
        return memoryContent;
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
        return descriptors + (long) function * FunctionDescriptor.BYTES;
    }

    /** Where a global is. */
    public long global(int index) {
        return data.address() + Context.GLOBALS + (long) index * Context.GLOBAL_BYTES;
    }
}

package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine: guest-physical memory and one virtual CPU. Belongs to the thread that made it, or
 * closes it once it is detached.
 *
 * <p>It holds the mappings that it uses as memory, so that they cannot be unmapped, and their addresses given to
 * something else, as long as a guest could write there.
 */
public final class Vm implements AutoCloseable {

    /** Whether a guest may write to memory. What is read-only to it may be mapped read-only here. */
    public enum Access {
        READ_ONLY(2),
        READ_WRITE(0);

        private final int flags;

        Access(int flags) {
            this.flags = flags;
        }
    }

    /**
     * Three pages of guest-physical addresses that Intel's processors want for themselves, where KVM's documentation
     * suggests; the page before them serves the same purpose. Nothing may be mapped there.
     */
    private static final long TSS_ADDRESS = 0xFFFB_D000L;

    private final Linux linux;
    private final Descriptor descriptor;
    private final int runBytes;
    private final Cpuid cpuid;
    private final List<Mapping> held = new ArrayList<>();
    private @Nullable Vcpu vcpu;

    private Vm(Linux linux, Descriptor descriptor, int runBytes, Cpuid cpuid) {
        this.linux = linux;
        this.descriptor = descriptor;
        this.runBytes = runBytes;
        this.cpuid = cpuid;
    }

    static Vm initialize(
            Linux linux, Descriptor descriptor, int runBytes, Cpuid cpuid, boolean leavesOnEmulationFailure)
            throws NativeException {
        Vm vm = new Vm(linux, descriptor, runBytes, cpuid);
        try {
            descriptor.ioctl(Requests.SET_TSS_ADDR, TSS_ADDRESS);
            if (leavesOnEmulationFailure) {
                vm.enable(Capability.EXIT_ON_EMULATION_FAILURE, 1);
            }
            return vm;
        } catch (NativeException e) {
            vm.close();
            throw e;
        }
    }

    private void enable(int capability, long argument) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(Structs.ENABLE_CAP);
            request.set(JAVA_INT, Structs.offset(Structs.ENABLE_CAP, "cap"), capability);
            request.set(JAVA_LONG, Structs.offset(Structs.ENABLE_CAP, "args"), argument);
            descriptor.ioctl(Requests.ENABLE_CAP, request);
        }
    }

    /**
     * Makes all of a mapping, accessible or not, guest-physical memory. A guest that touches what is not accessible
     * makes its virtual CPU leave with {@link VmExit.MemoryFault}.
     *
     * @param slot the memory's number, each used once
     * @param guestPhysical where it begins
     */
    public void map(int slot, long guestPhysical, Mapping memory, Access access) throws NativeException {
        map(slot, guestPhysical, memory, memory.bytes(), access);
    }

    /** As the other, for just the first so many bytes of a mapping. */
    public void map(int slot, long guestPhysical, Mapping memory, long bytes, Access access) throws NativeException {
        Objects.checkFromIndexSize(0, bytes, memory.bytes());
        memory.hold();
        held.add(memory);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment region = arena.allocate(Structs.MEMORY_REGION);
            region.set(JAVA_INT, Structs.offset(Structs.MEMORY_REGION, "slot"), slot);
            region.set(JAVA_INT, Structs.offset(Structs.MEMORY_REGION, "flags"), access.flags);
            region.set(JAVA_LONG, Structs.offset(Structs.MEMORY_REGION, "guest_phys_addr"), guestPhysical);
            region.set(JAVA_LONG, Structs.offset(Structs.MEMORY_REGION, "memory_size"), bytes);
            region.set(JAVA_LONG, Structs.offset(Structs.MEMORY_REGION, "userspace_addr"), memory.address());
            descriptor.ioctl(Requests.SET_USER_MEMORY_REGION, region);
        }
    }

    /**
     * Makes the virtual CPU.
     *
     * @throws IllegalStateException if it has been made before
     */
    public Vcpu createVcpu() throws NativeException {
        if (vcpu != null) {
            throw new IllegalStateException("a machine has one virtual CPU");
        }
        Descriptor cpu = descriptor.ioctlToOpen(Requests.CREATE_VCPU, 0, "virtual CPU");
        vcpu = Vcpu.initialize(linux, cpu, runBytes, cpuid);
        return vcpu;
    }

    /** Ends the machine and lets go of its memory. Does nothing the second time. */
    @Override
    public void close() {
        if (vcpu != null) {
            vcpu.close();
        }
        descriptor.close();
        // Now that the last descriptor is closed, the kernel does not use the memory any more.
        held.forEach(Mapping::release);
        held.clear();
    }
}

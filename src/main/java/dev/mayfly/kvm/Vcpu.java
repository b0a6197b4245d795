package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.mayfly.nativeaccess.Descriptor;
import dev.mayfly.nativeaccess.Errno;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A virtual CPU. Belongs to the thread that made it, until that detaches it: its shared page is accessible to no other.
 */
public final class Vcpu implements AutoCloseable {

    private static final int SYNC_REGS = 1;
    private static final int SYNC_REGS_SREGS_EVENTS = 7;

    private static final long DIRECTION = Structs.offset(Structs.RUN_IO, "direction");
    private static final long SIZE = Structs.offset(Structs.RUN_IO, "size");
    private static final long PORT = Structs.offset(Structs.RUN_IO, "port");
    private static final long COUNT = Structs.offset(Structs.RUN_IO, "count");
    private static final long DATA_OFFSET = Structs.offset(Structs.RUN_IO, "data_offset");

    private static final VmExit MEMORY_FAULT = new VmExit.MemoryFault();
    private static final VmExit INTERRUPTED = new VmExit.Interrupted();
    private static final VmExit SHUTDOWN = new VmExit.Shutdown();
    private static final VmExit HALT = new VmExit.Halt();

    private final Descriptor descriptor;
    private final Mapping shared;
    private final PortWrites writes = new PortWrites();

    private Vcpu(Descriptor descriptor, Mapping shared) {
        this.descriptor = descriptor;
        this.shared = shared;
    }

    static Vcpu initialize(Linux linux, Descriptor descriptor, int runBytes, Cpuid cpuid) throws NativeException {
        try {
            descriptor.ioctl(Requests.SET_CPUID2, cpuid.table());
            Mapping shared = linux.mapShared(descriptor, runBytes);
            // General registers are left in the shared page at every exit: that costs less than asking for them.
            shared.segment().set(JAVA_LONG, Structs.RUN_VALID_REGS, SYNC_REGS);
            return new Vcpu(descriptor, shared);
        } catch (NativeException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Asks the kernel for the state as it is now. */
    public CpuState state() throws NativeException {
        CpuState state = new CpuState();
        descriptor.ioctl(Requests.GET_REGS, state.part("regs", Structs.REGS.byteSize()));
        descriptor.ioctl(Requests.GET_SREGS, state.part("sregs", Structs.SREGS.byteSize()));
        descriptor.ioctl(Requests.GET_VCPU_EVENTS, state.part("events", Structs.VCPU_EVENTS.byteSize()));
        return state;
    }

    /**
     * Puts the special registers in force at once. A virtual CPU begins in real mode. Whether general registers that it
     * is given together with another mode, in its first {@link #load}, all arrive is up to the hypervisor: on one that
     * was tried, the flags did not. This makes the first load like all others, within one mode.
     */
    public void enterMode(CpuState state) throws NativeException {
        descriptor.ioctl(Requests.SET_SREGS, state.part("sregs", Structs.SREGS.byteSize()));
    }

    /** Has the next {@link #run} begin with this state, every part of it. */
    public void load(CpuState state) {
        MemorySegment run = shared.segment();
        run.asSlice(Structs.RUN_SYNC_REGS, Structs.SYNC_REGS.byteSize()).copyFrom(state.values());
        run.set(JAVA_LONG, Structs.RUN_DIRTY_REGS, SYNC_REGS_SREGS_EVENTS);
    }

    /** The general registers as the last {@link #run} left them. */
    public Registers registers() {
        return Registers.read(shared.segment().asSlice(Structs.RUN_SYNC_REGS, Structs.REGS.byteSize()));
    }

    /** Says which parts of the extended state (XCR0) the guest may use. */
    public void extendedState(long xcr0) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment xcrs = arena.allocate(Structs.XCRS);
            xcrs.set(JAVA_INT, Structs.offset(Structs.XCRS, "nr_xcrs"), 1);
            long first = Structs.offset(Structs.XCRS, "xcrs");
            xcrs.set(JAVA_LONG, first + Structs.offset(Structs.XCR, "value"), xcr0);
            descriptor.ioctl(Requests.SET_XCRS, xcrs);
        }
    }

    /**
     * Says which signals stay blocked while the guest runs.
     *
     * @param mask the kernel's, a bit per signal
     */
    public void signalMask(long mask) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(Structs.SIGNAL_MASK.byteSize() + Long.BYTES, Long.BYTES);
            request.set(JAVA_INT, 0, Long.BYTES);
            request.set(JAVA_LONG_UNALIGNED, Structs.SIGNAL_MASK.byteSize(), mask);
            descriptor.ioctl(Requests.SET_SIGNAL_MASK, request);
        }
    }

    /**
     * Runs the guest until something needs attention.
     *
     * @throws NativeException if the kernel could not, for a reason that the guest has nothing to do with
     */
    public VmExit run() throws NativeException {
        int result = descriptor.tryIoctl(Requests.RUN, 0);
        if (result >= 0) {
            return decode(shared.segment());
        }
        // Nothing is tried again here: a run that ignores EINTR could never be ended from outside.
        if (result == -Errno.EINTR.number()) {
            return INTERRUPTED;
        }
        if (result == -Errno.EFAULT.number()) {
            return MEMORY_FAULT;
        }
        throw new NativeException(Requests.RUN.name(), new Errno(-result));
    }

    private VmExit decode(MemorySegment run) {
        MemorySegment details = run.asSlice(Structs.RUN_DETAILS);
        int reason = run.get(JAVA_INT, Structs.RUN_EXIT_REASON);
        return switch (reason) {
            case 2 -> port(run, details);
            case 5 -> HALT;
            case 6 ->
                new VmExit.Mmio(
                        details.get(JAVA_LONG, Structs.offset(Structs.RUN_MMIO, "phys_addr")),
                        details.get(JAVA_INT, Structs.offset(Structs.RUN_MMIO, "len")),
                        details.get(JAVA_BYTE, Structs.offset(Structs.RUN_MMIO, "is_write")) != 0);
            case 8 -> SHUTDOWN;
            case 9 -> new VmExit.FailEntry(details.get(JAVA_LONG, 0));
            case 10 -> INTERRUPTED;
            case 17 -> new VmExit.KvmError(details.get(JAVA_INT, 0));
            default -> new VmExit.Other(reason);
        };
    }

    private VmExit port(MemorySegment run, MemorySegment details) {
        boolean write = details.get(JAVA_BYTE, DIRECTION) == 1;
        int size = details.get(JAVA_BYTE, SIZE);
        int port = Short.toUnsignedInt(details.get(JAVA_SHORT, PORT));
        int count = details.get(JAVA_INT, COUNT);
        if (!write) {
            return new VmExit.PortRead(port, size, count);
        }
        long data = details.get(JAVA_LONG, DATA_OFFSET);
        int value = run.get(JAVA_INT_UNALIGNED, data);
        return writes.of(port, size, count, size == 4 ? value : value & ((1 << (size * 8)) - 1));
    }

    /** Gives it up for another thread to use, or to close. */
    public void detach() {
        shared.detach();
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
        shared.close();
        descriptor.close();
    }
}

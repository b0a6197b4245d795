package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.Port;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.kvm.VmExit;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.WakeableThread;
import dev.mayfly.vmm.Ending.Violation;
import dev.mayfly.vmm.Ending.Violation.Kind;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One instance's run: enters the guest, and serves what it comes out for, until it ends. */
record Run(Machine machine, Interrupt interrupt, WakeableThread thread, Hypercalls hypercalls, GuestMemory memory) {

    private static final TrapCode[] TRAPS = TrapCode.values();

    /**
     * How often a machine is started before it counts as broken. Seldom, on a busy system, a software hypervisor reports an
     * exception at the first instruction of a new machine.
     */
    private static final int STARTS = 3;

    /** What every hypercall is: {@code out imm8, eax}. */
    private static final int HYPERCALL_BYTES = 4;

    Ending from(long entry) throws NativeException {
        Ending ending = start(entry);
        for (int starts = 1; starts < STARTS && isFalseStart(ending, entry); starts++) {
            ending = start(entry);
        }
        return ending;
    }

    /** Nothing that the guest did: it has not executed its first instruction, which is ours and cannot fail. */
    private boolean isFalseStart(Ending ending, long entry) {
        return ending instanceof Violation violation
                && violation.kind() == Kind.EXCEPTION
                && machine.isAsStarted(entry);
    }

    private Ending start(long entry) throws NativeException {
        machine.start(entry);
        Ending ending = null;
        while (ending == null) {
            ending = interrupt.isRequested() ? new Ending.Interrupted() : afterExit(machine.run());
        }
        return ending;
    }

    /** How the guest ended by this exit, or null if it goes on. */
    private @Nullable Ending afterExit(VmExit exit) throws NativeException {
        return switch (exit) {
            case VmExit.PortWrite out -> afterHypercall(out);
            case VmExit.MemoryFault() ->
                new Ending.Trapped(
                        machine.isMemoryAccess(machine.registers().rip())
                                ? TrapCode.MEMORY_OUT_OF_BOUNDS
                                : TrapCode.STACK_OVERFLOW);
            case VmExit.Interrupted() -> afterSignal();
            case VmExit.Shutdown() -> new Violation(Kind.EXCEPTION, describe(exit));
            case VmExit.PortRead in -> new Violation(Kind.PORT, describe(in));
            case VmExit.KvmError error -> new Violation(Kind.UNSUPPORTED, describe(error));
            case VmExit.Mmio mmio -> new Violation(Kind.EXIT, describe(mmio));
            case VmExit.Halt() -> new Violation(Kind.EXIT, describe(exit));
            case VmExit.FailEntry fail -> new Violation(Kind.EXIT, describe(fail));
            case VmExit.Other other -> new Violation(Kind.EXIT, describe(other));
        };
    }

    /**
     * If the interrupt was requested, the loop finds out. Otherwise it was a signal of somebody else's, such as a
     * profiler's, or was meant for another instance of this thread, which remembers by itself.
     */
    private @Nullable Ending afterSignal() throws NativeException {
        if (!interrupt.isRequested()) {
            thread.drain();
        }
        return null;
    }

    private @Nullable Ending afterHypercall(VmExit.PortWrite out) {
        if (out.size() != HYPERCALL_BYTES || out.count() != 1) {
            return new Violation(Kind.PORT, describe(out));
        }
        return switch (out.port()) {
            case Port.EXIT -> new Ending.Exited();
            case Port.TRAP -> trap(out.value());
            case Port.MEMORY_GROW -> grow();
            case Port.IMPORT -> after(hypercalls.importCall(out.value(), memory));
            default -> new Violation(Kind.PORT, describe(out));
        };
    }

    private static @Nullable Ending after(Hypercalls.Next next) {
        return next == Hypercalls.Next.RESUME ? null : new Ending.Stopped();
    }

    private Ending trap(int code) {
        return code >= 0 && code < TRAPS.length
                ? new Ending.Trapped(TRAPS[code])
                : new Violation(Kind.HYPERCALL, "trap code " + Integer.toUnsignedString(code));
    }

    private @Nullable Ending grow() {
        long pages = machine.context().get(JAVA_LONG, Context.ARGUMENT);
        long before = machine.grow(pages);
        MemorySegment context = machine.context();
        context.set(JAVA_LONG, Context.MEMORY_BYTES, machine.linear().byteSize());
        context.set(JAVA_LONG, Context.RESULT, before);
        return null;
    }

    private String describe(VmExit exit) {
        return exit + " at " + Long.toHexString(machine.registers().rip());
    }
}

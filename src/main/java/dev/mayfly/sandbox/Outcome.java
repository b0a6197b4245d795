package dev.mayfly.sandbox;

import dev.mayfly.wasi.GuestEndException;
import dev.mayfly.wasi.SystemCall;
import java.util.List;

/** How an instance ended. */
public sealed interface Outcome {

    /** A command ended by itself. */
    record Exited(int code) implements Outcome {}

    /** A reactor's function returned. */
    record Returned(List<WasmValue> results) implements Outcome {
        public Returned {
            results = List.copyOf(results);
        }
    }

    /** The guest did something that WebAssembly forbids. The innermost frame comes first. */
    record Trapped(TrapKind kind, List<Frame> backtrace) implements Outcome {
        public Trapped {
            backtrace = List.copyOf(backtrace);
        }
    }

    /** The instance was ended from outside. */
    record Interrupted(Interruption.Reason reason) implements Outcome {}

    /** The instance used more than it may of something whose excess cannot be answered with an error to the guest. */
    record LimitExceeded(Limit limit) implements Outcome {}

    /** The guest made a system call that its policy ends it for. */
    record CallDenied(String systemCall) implements Outcome {}

    /** The outcome of an instance that was ended by a system call. */
    static Outcome of(GuestEndException.End end, Interruption interruption) {
        return switch (end) {
            case GuestEndException.End.Exit exit -> new Exited(exit.code());
            case GuestEndException.End.OutputLimit _ -> new LimitExceeded(Limit.OUTPUT_BYTES);
            case GuestEndException.End.CallDenied(SystemCall call) -> new CallDenied(call.name());
            case GuestEndException.End.Interrupted _ -> interruption.outcome();
        };
    }

    /** A limit that ends an instance. */
    enum Limit {
        /** Of the standard output or error stream. */
        OUTPUT_BYTES,
        /** Calls of the guest to its host, which some engines can only take so many of. */
        SYSTEM_CALLS
    }
}

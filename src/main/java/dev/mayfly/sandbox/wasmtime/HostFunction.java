package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.WasiProcess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's one host function does. A Java exception that leaves a host function is turned into a message on
 * its way through the binding and ends the guest; so what happened is kept here, and an empty exception is thrown.
 */
final class HostFunction {

    private static final List<SystemCall> CALLS = Preview1.calls();

    private final long maxCalls;
    private long calls;
    private @Nullable SystemCallFrame frame;
    private @Nullable WasiProcess process;
    private @Nullable Throwable thrown;

    HostFunction(long maxCalls) {
        this.maxCalls = maxCalls;
    }

    /** To be called before the guest is. */
    void bind(SystemCallFrame toFrame, WasiProcess toProcess) {
        frame = toFrame;
        process = toProcess;
    }

    /** What ended the guest during a system call, if something did. */
    Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    void call() {
        try {
            if (frame == null || process == null) {
                throw new IllegalStateException("called before the instance was complete");
            }
            if (calls++ >= maxCalls) {
                throw new CallLimitException();
            }
            SystemCall call = CALLS.get(frame.number());
            long[] arguments = frame.arguments(call.signature().parameters().size());
            frame.result(process.call(call, arguments));
        } catch (Throwable e) {
            thrown = e;
            throw new GuestEnds();
        }
    }

    /** The guest made more system calls than it may. */
    static final class CallLimitException extends Exception {

        private static final long serialVersionUID = 1L;

        CallLimitException() {
            super("system call limit", null, false, false);
        }
    }

    private static final class GuestEnds extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GuestEnds() {
            super("the guest ends", null, false, false);
        }
    }
}

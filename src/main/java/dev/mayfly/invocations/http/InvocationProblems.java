package dev.mayfly.invocations.http;

import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.invocations.Backtraces;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.OverCapacityException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ProblemDetail;
import org.springframework.modulith.NamedInterface;

/** The problems that invoking can end in. */
@NamedInterface("http")
public final class InvocationProblems {

    private InvocationProblems() {}

    static ProblemException overCapacity(OverCapacityException refusal) {
        ProblemDetail problem = ProblemType.OVER_CAPACITY.with("Too many invocations wait for a slot.");
        problem.setProperty("limit", refusal.limit());
        return new ProblemException(problem, refusal.retryAfter());
    }

    static ProblemException outOfBuffers() {
        ProblemDetail problem = ProblemType.OVER_CAPACITY.with("Too many requests are being received.");
        problem.setProperty("limit", "mayfly.invocations.buffer-memory");
        return new ProblemException(problem, Duration.ofSeconds(1));
    }

    static ProblemException shuttingDown() {
        return new ProblemException(ProblemType.SHUTTING_DOWN, "The platform is shutting down.");
    }

    static ProblemException noWorkers() {
        ProblemDetail problem = ProblemType.NO_WORKERS.with("No worker is there to run the function.");
        return new ProblemException(problem, Duration.ofSeconds(1));
    }

    static ProblemException noRoom() {
        ProblemDetail problem =
                ProblemType.NO_ROOM.with("No worker has as much room as the function's module and disks need.");
        return new ProblemException(problem, null);
    }

    static ProblemException inputTooLarge(long maxBytes) {
        ProblemDetail problem =
                ProblemType.INPUT_TOO_LARGE.with("The function's input may have " + maxBytes + " bytes at most.");
        problem.setProperty("limit", "maxInputBytes");
        return new ProblemException(problem, null);
    }

    /** The problem that an ended invocation is answered with; only if it has not succeeded. */
    public static ProblemException of(Invocation invocation) {
        FunctionLimits limits = invocation.request().version().configuration().limits();
        ProblemDetail problem =
                switch (invocation.outcome()) {
                    case EXITED -> exited(invocation);
                    case TRAPPED -> trapped(invocation);
                    case TIMED_OUT -> timedOut(limits);
                    case CPU_TIME_EXCEEDED -> cpuTimeExceeded(limits);
                    case OUTPUT_TOO_LARGE -> outputTooLarge(limits);
                    case SYSTEM_CALL_LIMIT ->
                        ProblemType.SYSTEM_CALL_LIMIT.with(
                                "The function made more system calls than one instance may make on this engine.");
                    case SYSTEM_CALL_DENIED -> callDenied(invocation);
                    case INPUT_TOO_LARGE ->
                        inputTooLarge(limits.maxInputBytes()).problem();
                    case SHUT_DOWN -> shuttingDown().problem();
                    case INVALID_ARGUMENTS -> argumentsRefused(invocation);
                    case CANCELLED, CLIENT_GONE -> ProblemType.CANCELLED.with("The invocation was cancelled.");
                    case MODULE_REFUSED -> moduleRefused(invocation);
                    case LOST -> lost();
                    case FAILED -> ProblemType.INTERNAL.with("The platform failed to run the function.");
                    case SUCCEEDED -> throw new IllegalArgumentException("succeeded");
                };
        return new ProblemException(about(invocation, problem), null);
    }

    /** The problem that an invocation is answered with whose instance does not stop in time. */
    static ProblemException overdue(Invocation invocation) {
        FunctionLimits limits = invocation.request().version().configuration().limits();
        return new ProblemException(about(invocation, timedOut(limits)), null);
    }

    /** The problem of an output that should be an HTTP response and is not. */
    static ProblemException malformedResponse(Invocation invocation, MalformedGuestResponseException e) {
        ProblemDetail problem = ProblemType.GUEST_RESPONSE.with(String.valueOf(e.getMessage()));
        return new ProblemException(about(invocation, problem), null);
    }

    private static ProblemDetail about(Invocation invocation, ProblemDetail problem) {
        problem.setProperty("invocationId", invocation.id());
        String stderr = invocation.stderrTail();
        if (!stderr.isEmpty()) {
            problem.setProperty("stderr", stderr);
        }
        return problem;
    }

    private static ProblemDetail exited(Invocation invocation) {
        if (outcome(invocation).orElse(null) instanceof Outcome.Exited(int code)) {
            ProblemDetail problem = ProblemType.GUEST_EXIT.with("The function exited with code " + code + ".");
            problem.setProperty("exitCode", code);
            return problem;
        }
        throw new IllegalArgumentException("not exited");
    }

    private static ProblemDetail trapped(Invocation invocation) {
        if (outcome(invocation).orElse(null) instanceof Outcome.Trapped(var kind, var backtrace)) {
            ProblemDetail problem = ProblemType.GUEST_TRAP.with("The function trapped: " + kind.id() + ".");
            problem.setProperty("trap", kind.id());
            problem.setProperty("backtrace", Backtraces.lines(backtrace));
            return problem;
        }
        throw new IllegalArgumentException("not trapped");
    }

    private static ProblemDetail callDenied(Invocation invocation) {
        if (outcome(invocation).orElse(null) instanceof Outcome.CallDenied(String systemCall)) {
            ProblemDetail problem = ProblemType.SYSTEM_CALL_DENIED.with(
                    "The function made the system call '" + systemCall + "', for which its configuration ends it.");
            problem.setProperty("systemCall", systemCall);
            return problem;
        }
        throw new IllegalArgumentException("no call was denied");
    }

    private static ProblemDetail argumentsRefused(Invocation invocation) {
        if (invocation.result().orElse(null) instanceof InvocationResult.ArgumentsRefused(String message)) {
            return ProblemType.INVALID_REQUEST.with(message);
        }
        throw new IllegalArgumentException("arguments were not refused");
    }

    private static ProblemDetail moduleRefused(Invocation invocation) {
        if (invocation.result().orElse(null) instanceof InvocationResult.ModuleRefused(String message)) {
            return ProblemType.MODULE_UNSUPPORTED.with(
                    "The engine that is to run the function does not take its module. " + message);
        }
        throw new IllegalArgumentException("the module was not refused");
    }

    private static Optional<Outcome> outcome(Invocation invocation) {
        return invocation
                .result()
                .map(result -> result instanceof InvocationResult.Ran ran
                        ? ran.execution().outcome()
                        : null);
    }

    private static ProblemDetail timedOut(FunctionLimits limits) {
        ProblemDetail problem =
                ProblemType.GUEST_TIMEOUT.with("The function did not end within " + limits.timeoutMs() + " ms.");
        problem.setProperty("limit", "timeoutMs");
        return problem;
    }

    private static ProblemDetail cpuTimeExceeded(FunctionLimits limits) {
        ProblemDetail problem = ProblemType.CPU_TIME_EXCEEDED.with(
                "The function used more than " + limits.cpuTimeMs() + " ms of processor time.");
        problem.setProperty("limit", "cpuTimeMs");
        return problem;
    }

    private static ProblemDetail lost() {
        ProblemDetail problem = ProblemType.EXECUTION_LOST.with(
                "The worker that was to run the function was lost. It may have run, in part or to its end.");
        problem.setProperty("mayHaveStarted", true);
        return problem;
    }

    private static ProblemDetail outputTooLarge(FunctionLimits limits) {
        ProblemDetail problem = ProblemType.OUTPUT_TOO_LARGE.with(
                "The function wrote more than " + limits.maxOutputBytes() + " bytes to its standard output.");
        problem.setProperty("limit", "maxOutputBytes");
        return problem;
    }
}

package dev.mayfly.asynchronous;

import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.problems.ProblemException;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes invocations whose end nobody waits for. One that was accepted runs at least once, unless it is cancelled or its
 * function has been deleted by then, and its result is kept until retention deletes it. Thread-safe.
 */
public interface AsynchronousInvocations {

    /**
     * Accepts an invocation. When this returns it is in the database, or will be with the caller's transaction if there is
     * one. A caller with a transaction of its own should not give an idempotency key: two that race end the one that
     * loses.
     *
     * @return its id; that of the earlier one if the idempotency key was used before for the same request
     * @throws FunctionNotFoundException if there is no such function
     * @throws VersionNotFoundException if the function has no such version or alias
     * @throws ProblemException if it is refused: {@code over-capacity} when too many are queued, {@code
     *     idempotency-conflict} when the key was used for another request, {@code invalid-request} and {@code
     *     callback-refused} when it could never be done, {@code input-too-large}
     */
    UUID submit(Submission submission);

    /** An invocation, as long as it is kept. */
    Optional<AsynchronousInvocation> find(UUID id);

    /**
     * Cancels an invocation: at once while it waits, within about a second while it runs, wherever that is.
     *
     * @return what there was to cancel
     */
    Cancellation cancel(UUID id);

    /** What became of a wish to cancel. */
    enum Cancellation {
        /** It waited, and is cancelled. */
        CANCELLED,
        /** It runs, and was told to end. It may have succeeded by then. */
        REQUESTED,
        /** It had ended before. */
        ENDED,
        /** There is no such asynchronous invocation. */
        UNKNOWN
    }
}

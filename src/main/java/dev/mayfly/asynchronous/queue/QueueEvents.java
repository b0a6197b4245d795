package dev.mayfly.asynchronous.queue;

import java.util.UUID;

/** Is told of what this process has done to the queue, when it is done. Must be quick, and must not fail. */
public interface QueueEvents {

    /** An invocation was accepted. */
    void accepted(String function);

    /** A waiting invocation was cancelled. */
    void cancelled(UUID id, String function);

    /** An invocation that somebody runs is to be cancelled. */
    void cancelRequested(UUID id);

    /** A dead letter was put back into the queue. */
    void redriven(String function);

    /** Dead letters were deleted. */
    void purged(int count);
}

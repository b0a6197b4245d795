package dev.mayfly.placement;

import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.invocations.InvocationResult;
import java.io.IOException;
import java.util.List;

/** What came of placing an invocation on a worker. */
sealed interface Attempt {

    /** It was run to its end, or ended by us. */
    record Ended(InvocationResult result) implements Attempt {}

    /**
     * The worker did not take it. It was certainly not started.
     *
     * @param missing what it lacks, if that is why
     */
    record Refused(Refusal why, List<Content> missing) implements Attempt {}

    /** The worker took it, and gave it back before it was started. */
    record HandedBack() implements Attempt {}

    /** The worker failed before it was started, and would again: the result is that of the invocation if all do. */
    record Unable(InvocationResult result) implements Attempt {}

    /** The worker could not be reached. It was certainly not started. */
    record NotSent(IOException cause) implements Attempt {}

    /**
     * Nobody knows how far it came.
     *
     * @param repeatable whether another worker could begin anew: nothing of the output has been handed on, and nothing
     *     of the input is gone
     */
    record Broken(boolean repeatable, IOException cause) implements Attempt {}
}

package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.InvocationState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of an invocation behind an attempt. Written only if the lease under which it was made still is there. */
public sealed interface Ending {

    Claim claim();

    /**
     * It has ended.
     *
     * @param state one of those that ended
     * @param deadReason why there is no further attempt; only of a dead letter
     * @param result of the last attempt
     */
    record Ended(Claim claim, InvocationState state, Optional<String> deadReason, Result result) implements Ending {}

    /**
     * There will be another attempt.
     *
     * @param due when
     * @param counts whether this attempt counts; one that did not start does not
     * @param lost whether this attempt was lost with whoever ran it
     */
    record Again(Claim claim, Instant due, boolean counts, boolean lost) implements Ending {}

    /**
     * What is known of an attempt.
     *
     * @param attempt the id of its record; null if there is none
     * @param started when; null if it did not
     * @param outcome a word of {@code InvocationOutcome}
     * @param problem as JSON
     * @param output the beginning of it, at most 1 MiB
     * @param outputBytes all of it
     */
    record Result(
            @Nullable UUID attempt,
            @Nullable Instant started,
            @Nullable Integer version,
            String outcome,
            @Nullable Integer exitCode,
            @Nullable String problem,
            ByteBuffer output,
            @Nullable String outputType,
            long outputBytes) {

        /** The result of an attempt that came to no instance. */
        public static Result without(String outcome, @Nullable String problem) {
            return new Result(null, null, null, outcome, null, problem, ByteBuffer.allocate(0), null, 0);
        }
    }
}

package dev.mayfly.asynchronous;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous invocation as it stands. What it wrote is not part of it.
 *
 * @param function its name
 * @param state where it is
 * @param source who asked for it
 * @param accepted when
 * @param due when it is tried next; null unless it is queued
 * @param attempts how many were begun and count
 * @param started when the last attempt was begun; known once it has ended
 * @param ended when; null before
 * @param lastAttempt the id of the last attempt's record; null if there is none yet
 * @param version that the last attempt ran
 * @param outcome how the last attempt ended, one of the words for that; null before its end
 * @param exitCode of a command that exited by itself
 * @param problem what was wrong, as a problem in JSON (RFC 9457); null if nothing was
 * @param outputBytes how much it wrote; null before its end
 * @param outputTruncated whether only the beginning of that was kept
 */
public record AsynchronousInvocation(
        UUID id,
        String function,
        InvocationState state,
        String source,
        Instant accepted,
        @Nullable Instant due,
        int attempts,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable UUID lastAttempt,
        @Nullable Integer version,
        @Nullable String outcome,
        @Nullable Integer exitCode,
        @Nullable String problem,
        @Nullable Long outputBytes,
        boolean outputTruncated) {}

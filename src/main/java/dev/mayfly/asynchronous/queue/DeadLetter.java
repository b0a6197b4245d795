package dev.mayfly.asynchronous.queue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invocation that failed for as often, or as long, as it may.
 *
 * @param reason why it is not tried again: one of the words in {@code docs/asynchronous.md}
 * @param died when
 * @param accepted when
 * @param attempts how many there were
 * @param outcome of the last one
 * @param problem of the last one, as JSON
 */
public record DeadLetter(
        UUID id,
        String function,
        String reason,
        Instant died,
        Instant accepted,
        int attempts,
        @Nullable String outcome,
        @Nullable String problem) {}

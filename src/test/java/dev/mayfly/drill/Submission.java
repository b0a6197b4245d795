package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An asynchronous request, asked again with the same key until it was accepted.
 *
 * @param key idempotency key, and the input
 * @param asked when it was sent first
 * @param patience until it was accepted, or given up
 * @param id of the invocation; empty if it was never accepted
 * @param refusals what was answered before: problems, or {@code broken}, {@code refused}
 */
record Submission(Kind kind, String key, Instant asked, Duration patience, String id, List<String> refusals) {

    Submission {
        refusals = List.copyOf(refusals);
    }

    boolean accepted() {
        return !id.isEmpty();
    }

    Instant decided() {
        return asked.plus(patience);
    }
}

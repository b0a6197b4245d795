package dev.mayfly.scheduling;

import java.time.Duration;

/**
 * How long jobs took lately: an average in which each finished job counts for a sixteenth. Guarded by the {@link
 * Scheduler}'s lock.
 */
final class ServiceTime {

    private static final int WEIGHT = 16;
    private static final long GUESS_NANOS = 1_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private long averageNanos = -1;

    void add(long nanos) {
        averageNanos = averageNanos < 0 ? nanos : averageNanos + (nanos - averageNanos) / WEIGHT;
    }

    /** A guess before anything is known. */
    long averageNanos() {
        return averageNanos < 0 ? GUESS_NANOS : averageNanos;
    }

    /**
     * When a refused job could find room: about the time in which the jobs before it are done.
     *
     * @param waiting jobs before it
     * @param concurrency how many of them run at once
     * @return 1 to 60 s, in whole seconds
     */
    Duration retryAfter(int waiting, int concurrency) {
        double nanos = (double) averageNanos() * waiting / Math.max(1, concurrency);
        Duration wait = Duration.ofSeconds((long) Math.ceil(Math.min(nanos / 1e9, (double) LONGEST.toSeconds())));
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }
}

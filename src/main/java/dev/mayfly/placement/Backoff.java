package dev.mayfly.placement;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each twice as long as the one before, up to a longest, and each shortened by up to a half at
 * random, so that those who failed together do not come back together. Thread-safe.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final long firstNanos;
    private final long longestNanos;
    private final Supplier<RandomGenerator> random;

    Backoff(Duration first, Duration longest, Supplier<RandomGenerator> random) {
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
        this.random = random;
    }

    /**
     * How long to pause.
     *
     * @param failures so far, from 1
     * @return nanoseconds
     */
    long pauseNanos(int failures) {
        long doubled = firstNanos << Math.min(failures - 1, MOST_DOUBLINGS);
        long pause = doubled < firstNanos ? longestNanos : Math.min(doubled, longestNanos);
        return pause - (long) (random.get().nextDouble() * pause / 2);
    }
}

package dev.mayfly.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks to be admitted with.
 *
 * @param group whose share it takes: the jobs of one function
 * @param weight of the group in relation to the others' weights, at least 1
 * @param groupConcurrency how many jobs of the group run at once at most; null for the scheduler's default
 * @param caller who wants it; null if nobody is counted
 * @param queueTimeout how long it waits for a slot at most; null for the scheduler's default
 */
public record Admission(
        String group,
        int weight,
        @Nullable Integer groupConcurrency,
        @Nullable Caller caller,
        @Nullable Duration queueTimeout) {

    /** The weight of a group of which nothing is said. */
    public static final int DEFAULT_WEIGHT = 100;

    /**
     * Who wants jobs run.
     *
     * @param name of the caller
     * @param concurrency how many of its jobs, of all groups, run at once at most; null for the scheduler's default
     */
    public record Caller(String name, @Nullable Integer concurrency) {

        public Caller {
            requirePositive("concurrency", concurrency);
        }
    }

    public Admission {
        requirePositive("weight", weight);
        requirePositive("groupConcurrency", groupConcurrency);
        if (queueTimeout != null && !queueTimeout.isPositive()) {
            throw new IllegalArgumentException("queueTimeout must be positive: " + queueTimeout);
        }
    }

    /** Of a group, with the defaults. */
    public static Admission of(String group) {
        return new Admission(group, DEFAULT_WEIGHT, null, null, null);
    }

    private static void requirePositive(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}

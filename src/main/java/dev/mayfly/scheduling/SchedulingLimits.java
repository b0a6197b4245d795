package dev.mayfly.scheduling;

import java.time.Duration;

/**
 * How much runs and waits at once.
 *
 * @param slots how many jobs run at once
 * @param concurrencyPerGroup how many of one group's jobs run at once
 * @param queueCapacity how many jobs wait at once
 * @param queueCapacityPerGroup how many of one group's jobs wait at once
 * @param queueTimeout how long a job waits at most
 */
public record SchedulingLimits(
        int slots, int concurrencyPerGroup, int queueCapacity, int queueCapacityPerGroup, Duration queueTimeout) {

    public SchedulingLimits {
        requirePositive("slots", slots);
        requirePositive("concurrencyPerGroup", concurrencyPerGroup);
        requirePositive("queueCapacity", queueCapacity);
        requirePositive("queueCapacityPerGroup", queueCapacityPerGroup);
        if (!queueTimeout.isPositive()) {
            throw new IllegalArgumentException("queueTimeout must be positive: " + queueTimeout);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}

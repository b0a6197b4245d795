package dev.mayfly.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much runs and waits at once.
 *
 * @param slots how many jobs compute at once; 0 for none, for now
 * @param maxConcurrencyPerGroup how many slots one group's jobs take at once, unless the group has a bound of its own;
 *     null for three quarters of the slots, however many there are
 * @param maxConcurrencyPerCaller how many of one caller's jobs run at once, unless it has a bound of its own; null for any
 *     number
 * @param queueCapacity how many jobs wait at once
 * @param queueCapacityPerGroup how many of one group's jobs wait at once
 * @param queueCapacityPerCaller how many of one caller's jobs wait at once
 * @param queueTimeout how long a job waits at most, unless it asks for another time
 * @param maxBlocked how many running jobs may be without a slot at once, because they wait for something; null for four
 *     times the slots
 */
public record SchedulingLimits(
        int slots,
        @Nullable Integer maxConcurrencyPerGroup,
        @Nullable Integer maxConcurrencyPerCaller,
        int queueCapacity,
        int queueCapacityPerGroup,
        int queueCapacityPerCaller,
        Duration queueTimeout,
        @Nullable Integer maxBlocked) {

    private static final int BLOCKED_PER_SLOT = 4;

    public SchedulingLimits {
        requireAtLeast(0, "slots", slots);
        requireAtLeast(1, "maxConcurrencyPerGroup", maxConcurrencyPerGroup);
        requireAtLeast(1, "maxConcurrencyPerCaller", maxConcurrencyPerCaller);
        requireAtLeast(1, "queueCapacity", queueCapacity);
        requireAtLeast(1, "queueCapacityPerGroup", queueCapacityPerGroup);
        requireAtLeast(1, "queueCapacityPerCaller", queueCapacityPerCaller);
        requireAtLeast(0, "maxBlocked", maxBlocked);
        if (!queueTimeout.isPositive()) {
            throw new IllegalArgumentException("queueTimeout must be positive: " + queueTimeout);
        }
    }

    /** The same, with another number of slots; what is said in relation to the slots follows. */
    SchedulingLimits withSlots(int number) {
        return new SchedulingLimits(
                number,
                maxConcurrencyPerGroup,
                maxConcurrencyPerCaller,
                queueCapacity,
                queueCapacityPerGroup,
                queueCapacityPerCaller,
                queueTimeout,
                maxBlocked);
    }

    /** How many slots one group's jobs take at once, unless the group has a bound of its own. */
    int groupConcurrency() {
        return maxConcurrencyPerGroup != null ? maxConcurrencyPerGroup : threeQuarters(slots);
    }

    /** How many running jobs may be without a slot. */
    int blockedPlaces() {
        return maxBlocked != null ? maxBlocked : BLOCKED_PER_SLOT * slots;
    }

    /** How many of one group's. */
    int blockedPlacesPerGroup() {
        return Math.min(blockedPlaces(), threeQuarters(blockedPlaces()));
    }

    /** What one group gets of something, so that some of it is left for the others. */
    static int threeQuarters(int whole) {
        return Math.max(1, whole - whole / 4);
    }

    private static void requireAtLeast(int least, String name, @Nullable Integer value) {
        if (value != null && value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }
}

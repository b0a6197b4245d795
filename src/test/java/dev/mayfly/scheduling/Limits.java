package dev.mayfly.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Limits for a test, which says only those that it is about. */
record Limits(
        int slots,
        @Nullable Integer perGroup,
        @Nullable Integer perCaller,
        int queue,
        int queuePerGroup,
        int queuePerCaller,
        Duration timeout,
        @Nullable Integer maxBlocked) {

    private static final int MANY = Integer.MAX_VALUE;
    private static final Duration LONG = Duration.ofMinutes(10);

    static Limits slots(int slots, @Nullable Integer perGroup) {
        return new Limits(slots, perGroup, null, MANY, MANY, MANY, LONG, null);
    }

    Limits queue(int all, int ofGroup) {
        return new Limits(slots, perGroup, perCaller, all, ofGroup, queuePerCaller, timeout, maxBlocked);
    }

    Limits callers(@Nullable Integer concurrency, int waiting) {
        return new Limits(slots, perGroup, concurrency, queue, queuePerGroup, waiting, timeout, maxBlocked);
    }

    Limits timeout(Duration most) {
        return new Limits(slots, perGroup, perCaller, queue, queuePerGroup, queuePerCaller, most, maxBlocked);
    }

    Limits blocked(int most) {
        return new Limits(slots, perGroup, perCaller, queue, queuePerGroup, queuePerCaller, timeout, most);
    }

    SchedulingLimits limits() {
        return new SchedulingLimits(
                slots, perGroup, perCaller, queue, queuePerGroup, queuePerCaller, timeout, maxBlocked);
    }
}

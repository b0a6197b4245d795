package dev.mayfly.placement;

import dev.mayfly.scheduling.NanoClock;
import java.time.Duration;

/**
 * For how long an exchange may wait for its worker. Only waiting for the worker counts, and that for a grace at least: a
 * client that takes its output slowly is no worker that hangs. Thread-safe.
 */
final class ExchangeClock {

    private final NanoClock clock;
    private final long graceNanos;
    private volatile long limitNanos;
    private volatile long waitingNanos;
    private volatile boolean waiting;

    /**
     * A clock that runs.
     *
     * @param start how long it may take until the instance begins
     * @param grace for what is to come at once
     */
    ExchangeClock(NanoClock clock, Duration start, Duration grace) {
        this.clock = clock;
        this.graceNanos = grace.toNanos();
        this.limitNanos = clock.nanoTime() + start.toNanos();
    }

    /** From here on the worker is waited for. */
    void waiting() {
        waitingNanos = clock.nanoTime();
        waiting = true;
    }

    /** The worker has answered. */
    void answered() {
        waiting = false;
    }

    /** The instance has begun and is to end by then, a moment of {@link System#nanoTime}. */
    void until(long deadlineNanos) {
        limitNanos = deadlineNanos + graceNanos;
    }

    /** It is to end this soon, if not sooner. */
    void within(Duration time) {
        long limit = clock.nanoTime() + time.toNanos();
        if (limit - limitNanos < 0) {
            limitNanos = limit;
        }
    }

    /** Whether there is no time left. */
    boolean isPast() {
        return clock.nanoTime() - limitNanos >= 0;
    }

    boolean isOverdue(long now) {
        return waiting && now - limitNanos >= 0 && now - waitingNanos >= graceNanos;
    }
}

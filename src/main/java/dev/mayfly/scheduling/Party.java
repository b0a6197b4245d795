package dev.mayfly.scheduling;

import org.jspecify.annotations.Nullable;

/** A caller that has jobs waiting or running. Guarded by the {@link Scheduler}'s lock. */
final class Party {

    private final String name;
    private final @Nullable Integer concurrency;
    private final Lane lane;
    private int waiting;
    private int running;

    /**
     * A caller.
     *
     * @param concurrency how many of its jobs run at once at most; null for any number
     * @param lane its own if there is a bound
     */
    Party(String name, @Nullable Integer concurrency, Lane lane) {
        this.name = name;
        this.concurrency = concurrency;
        this.lane = lane;
    }

    String name() {
        return name;
    }

    Lane lane() {
        return lane;
    }

    int waiting() {
        return waiting;
    }

    boolean isIdle() {
        return waiting == 0 && running == 0;
    }

    /** Whether as many of its jobs run as may. */
    boolean isAtBound() {
        return concurrency != null && running >= concurrency;
    }

    boolean isBounded() {
        return concurrency != null;
    }

    void waits(int more) {
        waiting += more;
    }

    void starts() {
        running++;
        if (isAtBound()) {
            lane.close();
        }
    }

    void ends(long virtualNow) {
        running--;
        if (concurrency != null && !isAtBound()) {
            lane.open(virtualNow);
        }
    }
}

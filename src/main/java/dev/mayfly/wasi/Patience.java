package dev.mayfly.wasi;

import java.time.Duration;

/** How long a guest may stay in system calls. Called by the instance's thread only. */
public interface Patience {

    /** The time until the instance must end; zero when it must end now. */
    Duration remaining();

    /** Whether the instance must end now. Asked for each call, so it is better cheap. */
    default boolean exhausted() {
        return remaining().isZero();
    }

    /** Waits for the given time, but not longer than the instance may live. May return early for no reason. */
    void pause(Duration duration);

    /**
     * The guest waits for others and may do so for long, so that somebody else could compute meanwhile. Called before each
     * turn of a wait.
     */
    default void awaiting() {}

    /** The wait is over; returns when the guest may compute again, or must end. */
    default void awaited() {}
}

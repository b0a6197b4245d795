package dev.mayfly.placement;

/** Something that a worker is doing for us, and that can be given up. */
interface Pending {

    /** Whether it takes longer than it may. */
    boolean isOverdue(long nowNanos);

    /** Gives it up: whoever waits for it goes on at once. Harmless when it has ended. */
    void abort();
}

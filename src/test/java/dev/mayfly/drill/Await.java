package dev.mayfly.drill;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do, which nobody tells us when they have. */
final class Await {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private Await() {}

    /**
     * Returns when a condition holds.
     *
     * @param what is waited for, to complete "waited 10 s for"
     * @throws IllegalStateException if it takes too long
     */
    static void until(Duration most, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + most.toSeconds() + " s for " + what);
            }
            pass(INTERVAL);
        }
    }

    /** Lets time pass, in which the load goes on. */
    static void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package dev.mayfly.wasi;

import java.time.Duration;

/**
 * A guest's waiting for its streams and timers, in short turns, because a {@link GuestInput} knows nothing of an interruption
 * by another thread. A wait that turns out to be brief costs nothing; during a longer one the guest is known to be waiting.
 */
final class Wait {

    /** A wait that is over by then is not worth telling anybody. */
    static final Duration BRIEF = Duration.ofMillis(1);

    private static final Duration TURN = Duration.ofMillis(20);

    /** {@link Patience#pause} ends by itself when it should. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What is waited for. */
    @FunctionalInterface
    interface Turn {

        /**
         * Waits for a while.
         *
         * @return whether that was enough
         */
        boolean take(Duration atMost) throws ErrnoException;
    }

    private Wait() {}

    /**
     * Waits for a stream, in turns, until one was enough.
     *
     * @throws GuestEndException if the instance's time is up before
     */
    static void forStream(WasiProcess process, Turn turn) throws ErrnoException {
        until(process, BRIEF, TURN, turn);
    }

    /** Waits for nothing but a time that is not near. */
    static void forTime(WasiProcess process, Turn turn) throws ErrnoException {
        until(process, Duration.ZERO, PAUSE, turn);
    }

    private static void until(WasiProcess process, Duration first, Duration others, Turn turn) throws ErrnoException {
        process.requireTimeLeft();
        Patience patience = process.host().patience();
        if (turn.take(shorter(first, patience.remaining()))) {
            return;
        }
        boolean enough = false;
        try {
            while (!enough) {
                process.requireTimeLeft();
                patience.awaiting();
                enough = turn.take(shorter(others, patience.remaining()));
            }
        } finally {
            patience.awaited();
        }
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

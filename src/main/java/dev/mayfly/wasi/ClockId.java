package dev.mayfly.wasi;

import org.jspecify.annotations.Nullable;

/** The clocks of preview 1, {@code clockid} in its witx definition. */
enum ClockId {
    REALTIME,
    MONOTONIC,
    PROCESS_CPUTIME,
    THREAD_CPUTIME;

    /** Each at the place that is its number. */
    private static final ClockId[] BY_NUMBER = {REALTIME, MONOTONIC, PROCESS_CPUTIME, THREAD_CPUTIME};

    static ClockId of(long number) throws ErrnoException {
        ClockId clock = known(number);
        if (clock == null) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return clock;
    }

    static @Nullable ClockId known(long number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
    }

    /** An instance has one thread, so both processor times are the same. */
    long now(Clocks clocks) {
        return switch (this) {
            case REALTIME -> clocks.realtime();
            case MONOTONIC -> clocks.monotonic();
            case PROCESS_CPUTIME, THREAD_CPUTIME -> clocks.cpuTime();
        };
    }

    boolean measuresTimePassing() {
        return this == REALTIME || this == MONOTONIC;
    }
}

package dev.mayfly.wasi;

/** The clocks of preview 1, {@code clockid} in its witx definition; an id is the constant's ordinal. */
enum ClockId {
    REALTIME,
    MONOTONIC,
    PROCESS_CPUTIME,
    THREAD_CPUTIME;

    private static final ClockId[] VALUES = values();

    static ClockId of(long id) throws ErrnoException {
        if (id < 0 || id >= VALUES.length) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return VALUES[(int) id];
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

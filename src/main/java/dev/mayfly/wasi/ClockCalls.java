package dev.mayfly.wasi;

/** {@code clock_*}. */
final class ClockCalls {

    /** What every clock claims, in nanoseconds. The wall clock is read in microseconds on some systems. */
    private static final long RESOLUTION = 1_000;

    private ClockCalls() {}

    static Errno resGet(WasiProcess process, long[] a) throws ErrnoException {
        ClockId.of(a[0]);
        process.memory().putLong(a[1], RESOLUTION);
        return Errno.SUCCESS;
    }

    /** The second argument, the precision wished for, makes no difference. */
    static Errno timeGet(WasiProcess process, long[] a) throws ErrnoException {
        long now = ClockId.of(a[0]).now(process.host().clocks());
        process.memory().putLong(a[2], now);
        return Errno.SUCCESS;
    }
}

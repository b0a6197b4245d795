package dev.mayfly.wasi;

/** {@code proc_*} and {@code sched_yield}. */
final class ProcessCalls {

    private static final long LAST_SIGNAL = 30;

    private ProcessCalls() {}

    @SuppressWarnings("DoNotCallSuggester") // Only the table of calls calls it.
    static Errno exit(WasiProcess process, long[] a) {
        throw new GuestEndException(new GuestEndException.End.Exit((int) a[0]));
    }

    /** A signal ends the instance, with the exit code that a shell would report for it; signal 0 only asks. */
    static Errno raise(WasiProcess process, long[] a) {
        long signal = a[0];
        if (signal < 0 || signal > LAST_SIGNAL) {
            return Errno.INVAL;
        }
        if (signal == 0) {
            return Errno.SUCCESS;
        }
        throw new GuestEndException(new GuestEndException.End.Exit((int) (128 + signal)));
    }

    @SuppressWarnings("ThreadPriorityCheck") // The guest relies on it, we do not.
    static Errno schedYield(WasiProcess process, long[] a) {
        Thread.yield();
        return Errno.SUCCESS;
    }
}

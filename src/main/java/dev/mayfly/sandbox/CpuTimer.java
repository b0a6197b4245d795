package dev.mayfly.sandbox;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends instances that have used up their processor time, which is that of the thread that runs them: what a guest computes
 * in a virtual machine counts to the thread as well. A thread uses no more processor time than time passes, so the timer
 * looks when the rest could be used up at the earliest, and again when what is left then could be. An instance that ends
 * before its limit has passed on the clock is never looked at. Thread-safe.
 */
public final class CpuTimer implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** By how much an instance may be late: closer looks would cost more than they are worth. */
    private static final long CLOSEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DeadlineTimer timer = new DeadlineTimer("processor-time");

    /** One instance's limit; closed, by whichever thread, when it has ended. */
    public final class Watch implements AutoCloseable {

        private final Interruption interruption;
        private final long thread = Thread.currentThread().threadId();
        private final long limitNanos;
        private DeadlineTimer.Entry nextLook;
        private boolean closed;

        private Watch(Interruption interruption, Duration limit) {
            this.interruption = interruption;
            this.limitNanos = THREADS.getThreadCpuTime(thread) + limit.toNanos();
            this.nextLook = lookIn(limit.toNanos());
        }

        private DeadlineTimer.Entry lookIn(long nanos) {
            return timer.set(System.nanoTime() + Math.max(nanos, CLOSEST_LOOK_NANOS), this::look);
        }

        private void look() {
            if (isUsedUp()) {
                interruption.interrupt(Interruption.Reason.CPU_TIME);
            }
        }

        private synchronized boolean isUsedUp() {
            if (closed) {
                return false;
            }
            long left = limitNanos - THREADS.getThreadCpuTime(thread);
            if (left > 0) {
                nextLook = lookIn(left);
            }
            return left <= 0;
        }

        @Override
        public synchronized void close() {
            closed = true;
            timer.cancel(nextLook);
        }
    }

    /**
     * Has an instance ended, as {@link Interruption.Reason#CPU_TIME}, once the current thread has used that much more
     * processor time.
     *
     * @param limit positive
     */
    public Watch watch(Interruption interruption, Duration limit) {
        return new Watch(interruption, limit);
    }

    /** Ends the timer: no instance is ended by it any more. */
    @Override
    public void close() {
        timer.close();
    }
}

package dev.mayfly.sandbox;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action at each instance's deadline, which few instances live to see. So setting and cancelling one is cheap:
 * the timer's thread is woken only for a deadline that comes before the moment it would look next, which hardly ever
 * happens, as deadlines that are set later are mostly later. It looks in vain instead when the one it waited for was
 * cancelled. Thread-safe.
 */
public final class DeadlineTimer implements AutoCloseable {

    private static final long NEVER = TimeUnit.DAYS.toNanos(36500);

    /** A deadline that was set. */
    public static final class Entry {

        private final long nanos;
        private final long sequence;
        private final Runnable action;

        private Entry(long nanos, long sequence, Runnable action) {
            this.nanos = nanos;
            this.sequence = sequence;
            this.action = action;
        }

        private long after(long moment) {
            return nanos - moment;
        }
    }

    private final long origin = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sooner = lock.newCondition();
    private final TreeSet<Entry> entries = new TreeSet<>(
            Comparator.<Entry>comparingLong(entry -> entry.after(origin)).thenComparingLong(entry -> entry.sequence));
    private long sequence;
    private long looksAt = origin + NEVER;
    private boolean closed;

    /**
     * A timer with a thread.
     *
     * @param name of the thread
     */
    public DeadlineTimer(String name) {
        Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * Sets a deadline.
     *
     * @param nanos the moment, of {@link System#nanoTime}
     * @param action run by the timer's thread, so that it must be short
     */
    public Entry set(long nanos, Runnable action) {
        lock.lock();
        try {
            Entry entry = new Entry(nanos, sequence++, action);
            entries.add(entry);
            if (nanos - looksAt < 0) {
                sooner.signal();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels a deadline. Its action may be running at this moment, and will not be started any more. */
    public void cancel(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        @Nullable Entry due = awaitNext();
        while (due != null) {
            due.action.run();
            due = awaitNext();
        }
    }

    private @Nullable Entry awaitNext() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (!entries.isEmpty() && entries.first().after(now) <= 0) {
                    return entries.pollFirst();
                }
                looksAt = entries.isEmpty() ? now + NEVER : entries.first().nanos;
                pause(looksAt - now);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's
    private void pause(long nanos) {
        try {
            sooner.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; were it to happen, it looks for what is due a little early.
        }
    }

    /** Ends the timer; what is set is not run. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            sooner.signal();
        } finally {
            lock.unlock();
        }
    }
}

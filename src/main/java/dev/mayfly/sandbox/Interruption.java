package dev.mayfly.sandbox;

import dev.mayfly.wasi.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One instance's way to be ended early, by its deadline or by another thread. Thread-safe; the first reason wins.
 *
 * <p>An engine asks {@link #reason} and {@link #remaining} whenever the guest is outside of its code, and sets a
 * {@link #listener} to be told while it is inside. {@link #pause} ends as soon as there is a reason.
 */
public final class Interruption implements Patience {

    /** Why an instance is ended early. */
    public enum Reason {
        DEADLINE,
        /** It used up its processor time. */
        CPU_TIME,
        CLIENT_GONE,
        CANCELLED,
        SHUTDOWN
    }

    private final long deadlineNanos;
    private final Standby standby;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition interrupted = lock.newCondition();
    private volatile @Nullable Reason reason;
    private @Nullable Runnable listener;

    /**
     * An interruption that happens at its deadline if nobody asks for it sooner.
     *
     * @param deadlineNanos the moment of {@link System#nanoTime} at which the instance is ended
     */
    public Interruption(long deadlineNanos) {
        this(deadlineNanos, Standby.NONE);
    }

    /**
     * An interruption of an instance that makes room while it waits.
     *
     * @param deadlineNanos the moment of {@link System#nanoTime} at which the instance is ended
     */
    public Interruption(long deadlineNanos, Standby standby) {
        this.deadlineNanos = deadlineNanos;
        this.standby = standby;
    }

    /** An interruption whose deadline lies so far ahead of now. */
    public static Interruption after(Duration timeout) {
        return new Interruption(System.nanoTime() + timeout.toNanos());
    }

    /** The moment of {@link System#nanoTime} at which the instance is ended. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** The time left; zero when there is none, or when the instance is to end for another reason. */
    @Override
    public Duration remaining() {
        return reason().isPresent() ? Duration.ZERO : Duration.ofNanos(Math.max(0, nanosLeft()));
    }

    @Override
    public boolean exhausted() {
        return reason != null || nanosLeft() <= 0;
    }

    /** Waits for the given time, or until there is a reason to end. A thread interrupt is taken for a cancel. */
    @Override
    public void pause(Duration duration) {
        long end = System.nanoTime() + Math.min(duration.toNanos(), Math.max(0, nanosLeft()));
        lock.lock();
        try {
            long left = end - System.nanoTime();
            while (reason == null && left > 0) {
                left = interrupted.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupt(Reason.CANCELLED);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaiting() {
        standby.begin();
    }

    /** The deadline goes on meanwhile. */
    @Override
    public void awaited() {
        standby.end(this::exhausted);
    }

    /** Ends the instance, unless a reason to was given before. */
    public void interrupt(Reason why) {
        Runnable toCall;
        lock.lock();
        try {
            if (reason != null) {
                return;
            }
            reason = why;
            interrupted.signalAll();
            toCall = listener;
        } finally {
            lock.unlock();
        }
        if (toCall != null) {
            toCall.run();
        }
    }

    /** Why the instance is to end now, if it is. */
    public Optional<Reason> reason() {
        lock.lock();
        try {
            if (reason == null && nanosLeft() <= 0) {
                reason = Reason.DEADLINE;
            }
            return Optional.ofNullable(reason);
        } finally {
            lock.unlock();
        }
    }

    /** What came of an instance that was ended early. */
    public Outcome.Interrupted outcome() {
        return new Outcome.Interrupted(reason().orElse(Reason.DEADLINE));
    }

    /**
     * Has {@code listener} called, once and by the interrupting thread, when the instance is interrupted by another
     * thread; at once if it was already. The deadline alone calls nobody.
     */
    public void listener(Runnable listener) {
        boolean already;
        lock.lock();
        try {
            this.listener = listener;
            already = reason != null;
        } finally {
            lock.unlock();
        }
        if (already) {
            listener.run();
        }
    }

    /** Calls the listener no more. */
    public void clearListener() {
        lock.lock();
        try {
            listener = null;
        } finally {
            lock.unlock();
        }
    }

    private long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }
}

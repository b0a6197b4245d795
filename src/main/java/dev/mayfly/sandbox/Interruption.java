package dev.mayfly.sandbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance's way to be ended early, by its deadline or by another thread. Thread-safe; the first reason wins.
 *
 * <p>An engine asks {@link #reason} and {@link #remaining} whenever the guest is outside of its code, and sets a
 * {@link #listener} to be told while it is inside.
 */
public final class Interruption {

    /** Why an instance is ended early. */
    public enum Reason {
        DEADLINE,
        CLIENT_GONE,
        CANCELLED,
        SHUTDOWN
    }

    private final long deadlineNanos;
    private @Nullable Reason reason;
    private @Nullable Runnable listener;

    /**
     * An interruption that happens at its deadline if nobody asks for it sooner.
     *
     * @param deadlineNanos the moment of {@link System#nanoTime} at which the instance is ended
     */
    public Interruption(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
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
    public Duration remaining() {
        return reason().isPresent() ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** Ends the instance, unless a reason to was given before. */
    public void interrupt(Reason why) {
        Runnable toCall;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toCall = listener;
        }
        if (toCall != null) {
            toCall.run();
        }
    }

    /** Why the instance is to end now, if it is. */
    public synchronized Optional<Reason> reason() {
        if (reason == null && System.nanoTime() - deadlineNanos >= 0) {
            reason = Reason.DEADLINE;
        }
        return Optional.ofNullable(reason);
    }

    /**
     * Has {@code listener} called, once and by the interrupting thread, when the instance is interrupted by another
     * thread; at once if it was already. The deadline alone calls nobody.
     */
    public void listener(Runnable listener) {
        boolean already;
        synchronized (this) {
            this.listener = listener;
            already = reason != null;
        }
        if (already) {
            listener.run();
        }
    }

    /** Calls the listener no more. */
    public synchronized void clearListener() {
        listener = null;
    }
}

package dev.mayfly.scheduling;

import java.time.Duration;

/**
 * A job that was admitted.
 *
 * <pre>
 *   submit ──> QUEUED ──> RUNNING ──> DONE
 *     │          ├──> EXPIRED     waited longer than it may, or until the platform shut down
 *     │          └──> CANCELLED   its submitter wants it no more
 *     └──> refused: an exception, and no ticket
 * </pre>
 *
 * <p>Every transition happens under the lock of the {@link Scheduler} that issued the ticket, and only along an arrow.
 */
public final class Ticket {

    /** Where a job is in its life. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        EXPIRED,
        CANCELLED
    }

    private final String group;
    private final Job job;
    private final long queuedNanos;
    private final long deadlineNanos;
    private volatile long startedNanos;
    private volatile State state = State.QUEUED;

    Ticket(String group, Job job, long queuedNanos, long deadlineNanos) {
        this.group = group;
        this.job = job;
        this.queuedNanos = queuedNanos;
        this.deadlineNanos = deadlineNanos;
    }

    public State state() {
        return state;
    }

    /** The moment of the scheduler's clock until which the job may wait for a slot. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** How long the job waited for its slot. Meaningful once it has started. */
    public Duration queueTime() {
        return Duration.ofNanos(startedNanos - queuedNanos);
    }

    String group() {
        return group;
    }

    Job job() {
        return job;
    }

    long startedNanos() {
        return startedNanos;
    }

    boolean isOverdue(long now) {
        return now - deadlineNanos >= 0;
    }

    void start(long now) {
        startedNanos = now;
        advance(State.QUEUED, State.RUNNING);
    }

    void finish() {
        advance(State.RUNNING, State.DONE);
    }

    void leaveQueue(State end) {
        advance(State.QUEUED, end);
    }

    private void advance(State from, State to) {
        if (state != from) {
            throw new IllegalStateException("a ticket that is " + state + " cannot become " + to);
        }
        state = to;
    }
}

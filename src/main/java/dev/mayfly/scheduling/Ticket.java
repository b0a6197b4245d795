package dev.mayfly.scheduling;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
 * While it is RUNNING a job computes, in a slot, or is {@link #block blocked}, without one.
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

    private final Scheduler scheduler;
    private final Admission admission;
    /** Null once it has ended: the queue may remember the ticket for a while, and a job can be large. */
    private volatile @Nullable Job job;

    private final long queuedNanos;
    private final long deadlineNanos;
    private volatile long startedNanos;
    private volatile State state = State.QUEUED;

    // What follows is guarded by the scheduler's lock.
    private @Nullable Line line;
    private @Nullable Party party;
    private long sequence;
    private boolean waiting;
    private long charged;
    private long computedNanos;
    private long computingSince;
    private boolean computing;
    private @Nullable Condition slotGranted;

    Ticket(Scheduler scheduler, Admission admission, Job job, long queuedNanos, long deadlineNanos) {
        this.scheduler = scheduler;
        this.admission = admission;
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

    /**
     * The running job is going to wait for something that others do, and gives its slot up meanwhile, if there is a place
     * for a job without one. Called by the job's thread. Without effect if it has no slot.
     */
    public void block() {
        scheduler.block(this);
    }

    /**
     * The blocked job wants to compute again: waits for a slot, which it gets before jobs that have not started. Called by
     * the job's thread. Without effect if it has a slot.
     *
     * @param hopeless whether a slot is of no use any more, and the job only wants to end; asked several times in a second,
     *     under a lock
     */
    public void unblock(BooleanSupplier hopeless) {
        scheduler.unblock(this, hopeless);
    }

    Admission admission() {
        return admission;
    }

    void runJob() {
        Job mine = job;
        if (mine != null) {
            mine.run(this);
        }
    }

    void dropJob(Job.Drop why) {
        Job mine = job;
        job = null;
        if (mine != null) {
            mine.drop(why);
        }
    }

    void interruptJob() {
        Job mine = job;
        if (mine != null) {
            mine.interrupt();
        }
    }

    void forgetJob() {
        job = null;
    }

    long queuedNanos() {
        return queuedNanos;
    }

    boolean isOverdue(long now) {
        return now - deadlineNanos >= 0;
    }

    /** It has its place in the queue. */
    void enqueued(Line in, @Nullable Party of, long number) {
        line = in;
        party = of;
        sequence = number;
        waiting = true;
    }

    /** The line it waits in, or waited in. */
    Line line() {
        if (line == null) {
            throw new IllegalStateException("never enqueued");
        }
        return line;
    }

    @Nullable
    Party party() {
        return party;
    }

    /** The order of arrival. */
    long sequence() {
        return sequence;
    }

    /** Whether it is in the queue. */
    boolean isWaiting() {
        return waiting;
    }

    /** It is in the queue no longer. */
    void dequeued() {
        waiting = false;
    }

    /** Charges its group for slot time. */
    void charge(long nanos, int weight) {
        charged = nanos * Admission.DEFAULT_WEIGHT / weight;
    }

    /** In virtual time. */
    long charged() {
        return charged;
    }

    void start(long now) {
        startedNanos = now;
        compute(now);
        advance(State.QUEUED, State.RUNNING);
    }

    void finish(long now) {
        if (computing) {
            computedNanos += now - computingSince;
        }
        advance(State.RUNNING, State.DONE);
        job = null;
    }

    void leaveQueue(State end) {
        advance(State.QUEUED, end);
    }

    /** Whether it runs in a slot. */
    boolean isComputing() {
        return computing;
    }

    /** For how long it had a slot, up to when it was blocked or finished. */
    long computedNanos() {
        return computedNanos;
    }

    void compute(long now) {
        computing = true;
        computingSince = now;
        if (slotGranted != null) {
            slotGranted.signal();
            slotGranted = null;
        }
    }

    void giveUpSlot(long now) {
        computing = false;
        computedNanos += now - computingSince;
    }

    /** Is signalled when the job computes again. */
    void awaitsSlot(Condition granted) {
        slotGranted = granted;
    }

    private void advance(State from, State to) {
        if (state != from) {
            throw new IllegalStateException("a ticket that is " + state + " cannot become " + to);
        }
        state = to;
    }
}

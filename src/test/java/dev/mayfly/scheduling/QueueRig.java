package dev.mayfly.scheduling;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A queue whose jobs take as long as a test says. */
final class QueueRig {

    final FairQueue queue;
    private final Scheduler issuer;
    private final long timeoutNanos;
    private final ServiceTime serviceTime = new ServiceTime();
    private long now;

    QueueRig(SchedulingLimits limits) {
        this.queue = new FairQueue(limits, serviceTime, 0);
        this.timeoutNanos = limits.queueTimeout().toNanos();
        this.issuer = new Scheduler(limits, () -> now, Thread.ofPlatform().factory(), SchedulingObserver.NONE);
    }

    Ticket add(Admission admission) {
        return add(admission, RecordingJob.brief());
    }

    Ticket add(Admission admission, Job job) {
        Duration own = admission.queueTimeout();
        long patience = own == null ? timeoutNanos : own.toNanos();
        Ticket ticket = new Ticket(issuer, admission, job, now, now + patience);
        queue.add(ticket);
        return ticket;
    }

    /** Starts the next ticket; null if none may start. */
    @Nullable
    Ticket start() {
        Ticket next = queue.peek();
        if (next != null) {
            next.start(now);
            queue.start(next);
        }
        return next;
    }

    Ticket startNext() {
        return Objects.requireNonNull(start(), "no ticket may start");
    }

    /** Lets time pass, and ends a ticket. */
    void finish(Ticket ticket, long afterNanos) {
        pass(afterNanos);
        end(ticket);
    }

    void end(Ticket ticket) {
        ticket.finish(now);
        serviceTime.add(ticket.computedNanos());
        queue.end(ticket);
    }

    void pass(long nanos) {
        now += nanos;
    }

    void passTo(long moment) {
        now = moment;
    }

    long now() {
        return now;
    }
}

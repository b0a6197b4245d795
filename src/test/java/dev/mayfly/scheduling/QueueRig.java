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
        Duration own = admission.queueTimeout();
        long patience = own == null ? timeoutNanos : own.toNanos();
        Ticket ticket = new Ticket(issuer, admission, RecordingJob.brief(), now, now + patience);
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

    /** Ends a ticket that was started so long ago. */
    void finish(Ticket ticket, long tookNanos) {
        long started = now;
        now = started + tookNanos;
        ticket.finish(now);
        serviceTime.add(ticket.computedNanos());
        queue.end(ticket);
    }

    void pass(long nanos) {
        now += nanos;
    }

    long now() {
        return now;
    }
}

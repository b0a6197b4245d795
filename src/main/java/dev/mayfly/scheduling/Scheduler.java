package dev.mayfly.scheduling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs in a fixed number of slots, in an order that is fair between groups, with bounds on everything that waits.
 * The life of a job is drawn at {@link Ticket}.
 *
 * <p>Slots are platform threads, started when they are first needed. A job is given straight to an idle slot, the one
 * that fell idle last; only when all are busy, or when the job's group runs as many as it may, it waits. A job that has
 * waited too long is dropped when its turn comes, or sooner by whoever waits for it, with {@link #expire}.
 *
 * <p>Thread-safe. Jobs and observers are called without the lock.
 */
public final class Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final SchedulingLimits limits;
    private final NanoClock clock;
    private final ThreadFactory threads;
    private final SchedulingObserver observer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allDone = lock.newCondition();
    private final FairQueue queue;
    private final ServiceTime serviceTime = new ServiceTime();
    private final Deque<Slot> idle = new ArrayDeque<>();
    private final Set<Ticket> running = new HashSet<>();
    private final List<Ticket> overdue = new ArrayList<>();
    private int started;
    private boolean closed;

    Scheduler(SchedulingLimits limits, NanoClock clock, ThreadFactory threads, SchedulingObserver observer) {
        this.limits = limits;
        this.clock = clock;
        this.threads = threads;
        this.observer = observer;
        this.queue = new FairQueue(limits.concurrencyPerGroup());
    }

    /**
     * Admits a job.
     *
     * @param group whose turn it takes: jobs of one group share its bounds
     * @throws OverCapacityException if too many jobs wait
     * @throws ShuttingDownException once {@link #drain} was called
     */
    public Ticket submit(String group, Job job) throws OverCapacityException, ShuttingDownException {
        long now = clock.nanoTime();
        Ticket ticket = new Ticket(group, job, now, now + limits.queueTimeout().toNanos());
        try {
            drop(enqueue(ticket, now), Job.Drop.EXPIRED);
        } catch (OverCapacityException refusal) {
            observer.refused();
            throw refusal;
        }
        return ticket;
    }

    private List<Ticket> enqueue(Ticket ticket, long now) throws OverCapacityException, ShuttingDownException {
        lock.lock();
        try {
            admit(ticket);
            queue.add(ticket);
            wakeSlot(now);
            return takeOverdue();
        } finally {
            lock.unlock();
        }
    }

    private void admit(Ticket ticket) throws OverCapacityException, ShuttingDownException {
        if (closed) {
            throw new ShuttingDownException();
        }
        int ofGroup = queue.size(ticket.group());
        if (ofGroup >= limits.queueCapacityPerGroup()) {
            int concurrency = Math.min(limits.concurrencyPerGroup(), limits.slots());
            throw new OverCapacityException(
                    "mayfly.scheduling.queue-capacity-per-function", serviceTime.retryAfter(ofGroup, concurrency));
        }
        if (queue.size() >= limits.queueCapacity()) {
            throw new OverCapacityException("mayfly.scheduling.queue-capacity", retryAfter());
        }
    }

    private Duration retryAfter() {
        return serviceTime.retryAfter(queue.size(), limits.slots());
    }

    /** Hands the next ticket, if one may start, to an idle slot, or has a new one take it. */
    private void wakeSlot(long now) {
        if (!idle.isEmpty()) {
            Ticket next = take(now);
            if (next != null) {
                idle.pop().assign(next);
            }
        } else if (started < limits.slots() && queue.canStart()) {
            startSlot();
        }
    }

    private void startSlot() {
        try {
            threads.newThread(new Slot()).start();
            started++;
        } catch (OutOfMemoryError noThread) {
            // What waits is run by the slots there are, or expires.
            LOG.error("Cannot start slot {} of {}", started + 1, limits.slots(), noThread);
        }
    }

    /** Starts the next ticket that has not waited too long; those that have are kept for {@link #takeOverdue}. */
    private @Nullable Ticket take(long now) {
        Ticket next = queue.poll();
        while (next != null && next.isOverdue(now)) {
            queue.release(next);
            next.leaveQueue(Ticket.State.EXPIRED);
            overdue.add(next);
            next = queue.poll();
        }
        if (next != null) {
            next.start(now);
            running.add(next);
        }
        return next;
    }

    private List<Ticket> takeOverdue() {
        if (overdue.isEmpty()) {
            return List.of();
        }
        List<Ticket> taken = List.copyOf(overdue);
        overdue.clear();
        return taken;
    }

    private void drop(List<Ticket> tickets, Job.Drop why) {
        for (Ticket ticket : tickets) {
            observer.dropped();
            ticket.job().drop(why);
        }
    }

    /**
     * Takes a job out of the queue.
     *
     * @return whether it was still waiting; it will neither run nor be dropped
     */
    public boolean cancel(Ticket ticket) {
        return leaveQueue(ticket, Ticket.State.CANCELLED);
    }

    /**
     * Takes a job out of the queue that has waited for as long as it may.
     *
     * @throws OverCapacityException if it was still waiting; it will neither run nor be dropped
     */
    public void expire(Ticket ticket) throws OverCapacityException {
        if (ticket.isOverdue(clock.nanoTime()) && leaveQueue(ticket, Ticket.State.EXPIRED)) {
            observer.dropped();
            throw expired();
        }
    }

    /** The refusal of a job that was dropped as {@link Job.Drop#EXPIRED}. */
    public OverCapacityException expired() {
        lock.lock();
        try {
            return new OverCapacityException("mayfly.scheduling.queue-timeout", retryAfter());
        } finally {
            lock.unlock();
        }
    }

    private boolean leaveQueue(Ticket ticket, Ticket.State end) {
        lock.lock();
        try {
            if (ticket.state() != Ticket.State.QUEUED) {
                return false;
            }
            queue.remove(ticket);
            ticket.leaveQueue(end);
            signalIfDone();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Admits nothing more, waits until everything admitted is done, and after the timeout drops what still waits and
     * interrupts what still runs.
     *
     * @return whether everything was done in time
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        List<Ticket> waiting;
        List<Ticket> unfinished;
        lock.lock();
        try {
            closed = true;
            idle.forEach(Slot::wake);
            long left = timeout.toNanos();
            while (left > 0 && !isDone()) {
                left = allDone.awaitNanos(left);
            }
            waiting = abandonQueue();
            unfinished = new ArrayList<>(running);
        } finally {
            lock.unlock();
        }
        drop(waiting, Job.Drop.SHUTDOWN);
        unfinished.forEach(ticket -> ticket.job().interrupt());
        return waiting.isEmpty() && unfinished.isEmpty();
    }

    private List<Ticket> abandonQueue() {
        List<Ticket> waiting = queue.drain();
        waiting.forEach(ticket -> ticket.leaveQueue(Ticket.State.EXPIRED));
        return waiting;
    }

    private boolean isDone() {
        return running.isEmpty() && queue.size() == 0;
    }

    private void signalIfDone() {
        if (closed && isDone()) {
            allDone.signalAll();
        }
    }

    /** Ends a slot's job and waits for its next one; null when there will be none. */
    private @Nullable Ticket next(Slot slot, @Nullable Ticket finished) {
        while (true) {
            Ticket next;
            List<Ticket> dropped;
            lock.lock();
            try {
                long now = clock.nanoTime();
                finish(finished, now);
                next = take(now);
                dropped = takeOverdue();
                if (next == null && dropped.isEmpty()) {
                    return closed ? null : slot.awaitAssignment();
                }
            } finally {
                lock.unlock();
            }
            drop(dropped, Job.Drop.EXPIRED);
            if (next != null) {
                return next;
            }
        }
    }

    private void finish(@Nullable Ticket ticket, long now) {
        if (ticket != null && running.remove(ticket)) {
            ticket.finish();
            queue.release(ticket);
            serviceTime.add(now - ticket.startedNanos());
            signalIfDone();
        }
    }

    private void run(Ticket ticket) {
        observer.started(ticket.queueTime());
        try {
            ticket.job().run(ticket);
        } catch (Throwable fault) {
            // A slot outlives whatever its job does: were it to end, the platform would shrink silently.
            LOG.error("A job of {} failed", ticket.group(), fault);
        } finally {
            // A late interrupt was meant for the job that has ended.
            Thread.interrupted();
        }
    }

    /** How many jobs run. */
    public int slotsInUse() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many jobs wait. */
    public int queueLength() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more is admitted. */
    public boolean isDraining() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    public SchedulingLimits limits() {
        return limits;
    }

    /** A thread that runs one job after the other. */
    private final class Slot implements Runnable {

        private final Condition wake = lock.newCondition();
        private @Nullable Ticket assigned;

        @Override
        public void run() {
            Ticket ticket = next(this, null);
            while (ticket != null) {
                Scheduler.this.run(ticket);
                ticket = next(this, ticket);
            }
        }

        void assign(Ticket ticket) {
            assigned = ticket;
            wake();
        }

        void wake() {
            wake.signal();
        }

        /** Waits as an idle slot. Called with the lock, which is released meanwhile. */
        @Nullable
        Ticket awaitAssignment() {
            idle.push(this);
            while (assigned == null && !closed) {
                wake.awaitUninterruptibly();
            }
            Ticket ticket = assigned;
            assigned = null;
            return ticket;
        }
    }
}

package dev.mayfly.scheduling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs in slots, in an order that is fair between groups, with bounds on everything that runs and waits. The life of
 * a job is drawn at {@link Ticket}, the order is explained in {@link FairQueue}.
 *
 * <p>A slot is the right to compute. Jobs run on threads that are started when they are first needed. A job is given
 * straight to an idle thread, the one that fell idle last, if a slot is free; otherwise, or when its group or caller is at
 * its bound, it waits. A running job that waits for something else gives up its slot by {@link Ticket#block} and keeps its
 * thread, so there are as many threads as slots and blocked jobs. A job that has waited in the queue for too long is
 * dropped soon after, at the latest when its turn comes; or at once by whoever waits for it, with {@link #expire}.
 *
 * <p>Thread-safe. Jobs and observers are called without the lock.
 */
public final class Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    /** How long a thread stays idle that is one more than there are slots. */
    private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How often a job that wants its slot again looks whether that is still of use. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int OVERDUE_AT_ONCE = 64;

    private final NanoClock clock;
    private final ThreadFactory threads;
    private final SchedulingObserver observer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allDone = lock.newCondition();
    private final ServiceTime serviceTime = new ServiceTime();
    private final FairQueue queue;
    private final Slots slots;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final List<Ticket> overdue = new ArrayList<>();
    private volatile SchedulingLimits limits;
    private int alive;
    private int starting;
    private boolean closed;

    Scheduler(SchedulingLimits limits, NanoClock clock, ThreadFactory threads, SchedulingObserver observer) {
        this.limits = limits;
        this.clock = clock;
        this.threads = threads;
        this.observer = observer;
        this.queue = new FairQueue(limits, serviceTime, clock.nanoTime());
        this.slots = new Slots(limits);
    }

    /**
     * Admits a job.
     *
     * @throws OverCapacityException if too many jobs wait
     * @throws ShuttingDownException once {@link #drain} was called
     */
    public Ticket submit(Admission admission, Job job) throws OverCapacityException, ShuttingDownException {
        long now = clock.nanoTime();
        Duration timeout = admission.queueTimeout() != null ? admission.queueTimeout() : limits.queueTimeout();
        Ticket ticket = new Ticket(this, admission, job, now, now + timeout.toNanos());
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
            expireOverdue(now);
            admit(ticket.admission());
            queue.add(ticket);
            grant(now);
            return takeOverdue();
        } finally {
            lock.unlock();
        }
    }

    private void admit(Admission admission) throws OverCapacityException, ShuttingDownException {
        if (closed) {
            throw new ShuttingDownException();
        }
        int ofGroup = queue.size(admission.group());
        if (ofGroup >= limits.queueCapacityPerGroup()) {
            throw new OverCapacityException(
                    "mayfly.scheduling.queue-capacity-per-function",
                    serviceTime.retryAfter(ofGroup, queue.concurrency(admission)));
        }
        if (admission.caller() != null) {
            admit(admission.caller());
        }
        if (queue.size() >= limits.queueCapacity()) {
            throw new OverCapacityException("mayfly.scheduling.queue-capacity", retryAfter());
        }
    }

    private void admit(Admission.Caller caller) throws OverCapacityException {
        int ofCaller = queue.sizeOfCaller(caller.name());
        if (ofCaller >= limits.queueCapacityPerCaller()) {
            int most = caller.concurrency() != null ? caller.concurrency() : limits.slots();
            throw new OverCapacityException(
                    "mayfly.scheduling.queue-capacity-per-key",
                    serviceTime.retryAfter(ofCaller, Math.min(most, limits.slots())));
        }
    }

    private Duration retryAfter() {
        return serviceTime.retryAfter(queue.size(), limits.slots());
    }

    /** Gives free slots to those that wait: first to jobs that run already, then to those whose turn it is. */
    private void grant(long now) {
        Ticket resumed = slots.isFree() ? slots.pollWanting(queue) : null;
        while (resumed != null) {
            resume(resumed, now);
            resumed = slots.isFree() ? slots.pollWanting(queue) : null;
        }
        while (slots.isFree() && !idle.isEmpty()) {
            Ticket next = take(now);
            if (next == null) {
                return;
            }
            idle.pop().assign(next);
        }
        if (starting < Math.min(slots.free(), queue.size()) && queue.peek() != null) {
            startThread();
        }
    }

    /** The thread comes for its first job by itself. */
    private void startThread() {
        try {
            threads.newThread(new Worker()).start();
            alive++;
            starting++;
        } catch (OutOfMemoryError noThread) {
            // What waits is run by the threads there are, or expires.
            LOG.error("Cannot start a thread beside {} others", alive, noThread);
        }
    }

    /** Starts the next ticket that has not waited too long, if a slot is free. */
    private @Nullable Ticket take(long now) {
        Ticket next = slots.isFree() ? queue.peek() : null;
        while (next != null && next.isOverdue(now)) {
            leaveOverdue(next);
            next = queue.peek();
        }
        if (next != null) {
            next.start(now);
            queue.start(next);
            slots.start(next);
        }
        return next;
    }

    private void expireOverdue(long now) {
        Ticket found = queue.overdue(now);
        while (found != null && overdue.size() < OVERDUE_AT_ONCE) {
            leaveOverdue(found);
            found = queue.overdue(now);
        }
    }

    /** It is kept for {@link #takeOverdue}. */
    private void leaveOverdue(Ticket ticket) {
        queue.remove(ticket);
        ticket.leaveQueue(Ticket.State.EXPIRED);
        overdue.add(ticket);
        signalIfDone();
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
            ticket.dropJob(why);
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
            throw expired(ticket);
        }
    }

    /** The refusal of a job that was dropped as {@link Job.Drop#EXPIRED}. */
    public OverCapacityException expired(Ticket ticket) {
        lock.lock();
        try {
            Party party = ticket.party();
            boolean ofCaller = party != null && party.isAtBound();
            String limit = ofCaller ? "mayfly.scheduling.max-concurrency-per-key" : "mayfly.scheduling.queue-timeout";
            return new OverCapacityException(limit, retryAfter());
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
            ticket.forgetJob();
            signalIfDone();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes how many jobs compute at once. With fewer, running jobs are left to end; with none, jobs only wait. Bounds
     * that were not set follow. Costs next to nothing if the number is the same, otherwise time for each group.
     *
     * @param number 0 or more
     */
    public void resize(int number) {
        lock.lock();
        try {
            if (number == limits.slots()) {
                return;
            }
            limits = limits.withSlots(number);
            queue.limits(limits);
            slots.limits(limits);
            idle.forEach(Worker::wake);
            grant(clock.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    void block(Ticket ticket) {
        lock.lock();
        try {
            if (ticket.isComputing() && slots.hasPlaceForBlocked() && queue.mayBlock(ticket)) {
                long now = clock.nanoTime();
                ticket.giveUpSlot(now);
                queue.block(ticket);
                slots.block();
                grant(now);
            }
        } finally {
            lock.unlock();
        }
    }

    void unblock(Ticket ticket, BooleanSupplier hopeless) {
        lock.lock();
        try {
            if (ticket.isComputing()) {
                return;
            }
            slots.want(ticket);
            grant(clock.nanoTime());
            Condition granted = lock.newCondition();
            while (!ticket.isComputing() && !hopeless.getAsBoolean()) {
                ticket.awaitsSlot(granted);
                awaitUninterruptibly(granted, LOOK_NANOS);
            }
            if (!ticket.isComputing()) {
                slots.wantNoMore(ticket);
            }
        } finally {
            lock.unlock();
        }
    }

    private void resume(Ticket ticket, long now) {
        queue.resume(ticket);
        slots.resume();
        ticket.compute(now);
    }

    /** Whether the time has passed, rather than that it was signalled. */
    @SuppressWarnings("WaitNotInLoop") // the callers'
    private static boolean awaitUninterruptibly(Condition condition, long nanos) {
        try {
            return condition.awaitNanos(nanos) <= 0;
        } catch (InterruptedException e) {
            // Jobs are not ended by interrupting their threads.
            return false;
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
            idle.forEach(Worker::wake);
            long left = timeout.toNanos();
            while (left > 0 && !isDone()) {
                left = allDone.awaitNanos(left);
            }
            waiting = abandonQueue();
            unfinished = slots.running();
        } finally {
            lock.unlock();
        }
        drop(waiting, Job.Drop.SHUTDOWN);
        unfinished.forEach(Ticket::interruptJob);
        return waiting.isEmpty() && unfinished.isEmpty();
    }

    private List<Ticket> abandonQueue() {
        List<Ticket> waiting = queue.drain();
        waiting.forEach(ticket -> ticket.leaveQueue(Ticket.State.EXPIRED));
        return waiting;
    }

    private boolean isDone() {
        return slots.isEmpty() && queue.size() == 0;
    }

    private void signalIfDone() {
        if (closed && isDone()) {
            allDone.signalAll();
        }
    }

    /** Ends a thread's job and waits for its next one; null when there will be none. */
    private @Nullable Ticket next(Worker worker, @Nullable Ticket finished) {
        Ticket ended = finished;
        while (true) {
            Ticket next;
            List<Ticket> dropped;
            lock.lock();
            try {
                long now = clock.nanoTime();
                if (ended != null) {
                    finish(ended, now);
                    ended = null;
                }
                next = nextNow(now);
                dropped = takeOverdue();
                if (next == null && dropped.isEmpty()) {
                    return worker.awaitAssignment();
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

    private @Nullable Ticket nextNow(long now) {
        expireOverdue(now);
        Ticket resumed = slots.isFree() ? slots.pollWanting(queue) : null;
        if (resumed != null) {
            resume(resumed, now);
        }
        Ticket next = take(now);
        grant(now);
        return next;
    }

    private void finish(Ticket ticket, long now) {
        ticket.finish(now);
        slots.end(ticket);
        serviceTime.add(ticket.computedNanos());
        queue.end(ticket);
        signalIfDone();
    }

    private void run(Ticket ticket) {
        observer.started(ticket.queueTime());
        try {
            ticket.runJob();
        } catch (Throwable fault) {
            // A thread outlives whatever its job does: were it to end, the platform would shrink silently.
            LOG.error("A job of {} failed", ticket.admission().group(), fault);
        } finally {
            // A late interrupt was meant for the job that has ended.
            Thread.interrupted();
        }
    }

    /** How many jobs have a slot. */
    public int slotsInUse() {
        return locked(slots::inUse);
    }

    /** How many running jobs have none, because they wait for something. */
    public int blocked() {
        return locked(slots::blocked);
    }

    /** How many jobs run, with a slot or without. */
    public int running() {
        return locked(slots::size);
    }

    /** How many jobs wait. */
    public int queueLength() {
        return locked(queue::size);
    }

    /** How long the job has waited that has waited longest; zero if none waits. */
    public Duration oldestAge() {
        lock.lock();
        try {
            Ticket oldest = queue.oldest();
            return oldest == null ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - oldest.queuedNanos());
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

    /** What holds now; the number of slots may change. */
    public SchedulingLimits limits() {
        return limits;
    }

    private int locked(IntSupplier number) {
        lock.lock();
        try {
            return number.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    /** A thread that runs one job after the other. */
    private final class Worker implements Runnable {

        private final Condition wake = lock.newCondition();
        private @Nullable Ticket assigned;

        @Override
        public void run() {
            arrive();
            Ticket ticket = next(this, null);
            while (ticket != null) {
                Scheduler.this.run(ticket);
                ticket = next(this, ticket);
            }
        }

        private void arrive() {
            lock.lock();
            try {
                starting--;
            } finally {
                lock.unlock();
            }
        }

        void assign(Ticket ticket) {
            assigned = ticket;
            wake();
        }

        void wake() {
            wake.signal();
        }

        /** Waits, idle, for a job; null when it is needed no more. Called with the lock, which is released meanwhile. */
        @Nullable
        Ticket awaitAssignment() {
            idle.push(this);
            boolean needed = true;
            while (assigned == null && needed) {
                needed = !closed && awaitWake();
            }
            Ticket ticket = assigned;
            assigned = null;
            if (ticket == null) {
                idle.remove(this);
                alive--;
            }
            return ticket;
        }

        /** Whether it is still needed, as far as it knows. */
        private boolean awaitWake() {
            long most = isSurplus() ? SURPLUS_NANOS : Long.MAX_VALUE;
            boolean inVain = awaitUninterruptibly(wake, most);
            return !inVain || !isSurplus();
        }

        private boolean isSurplus() {
            return alive > limits.slots();
        }
    }
}

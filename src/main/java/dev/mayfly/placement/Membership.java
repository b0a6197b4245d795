package dev.mayfly.placement;

import dev.mayfly.cluster.WorkerStatus;
import dev.mayfly.scheduling.NanoClock;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers there are, and how they are. Somebody has to call {@link #discovered} and {@link #tick} all the time; all
 * else is thread-safe.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** Asks a worker how it is. */
    @FunctionalInterface
    interface Heartbeat {
        WorkerStatus ask(WorkerAddress address) throws IOException;
    }

    private final MembershipRules rules;
    private final Heartbeat heartbeat;
    private final Executor heartbeats;
    private final NanoClock clock;
    private final InstantSource time;
    private final Map<WorkerAddress, Worker> workers = new ConcurrentHashMap<>();
    private volatile long upNanos;

    /**
     * A membership without workers.
     *
     * @param heartbeats runs each heartbeat
     */
    Membership(MembershipRules rules, Heartbeat heartbeat, Executor heartbeats, NanoClock clock, InstantSource time) {
        this.rules = rules;
        this.heartbeat = heartbeat;
        this.heartbeats = heartbeats;
        this.clock = clock;
        this.time = time;
        this.upNanos = clock.nanoTime();
    }

    /** These addresses were found. Others stay known as long as something is going on with them. */
    void discovered(SequencedSet<WorkerAddress> addresses) {
        for (WorkerAddress address : addresses) {
            workers.computeIfAbsent(address, found -> new Worker(found, rules)).leaving(false);
        }
        workers.forEach((address, worker) -> {
            if (!addresses.contains(address)) {
                worker.leaving(true);
            }
        });
    }

    /** Sends the heartbeats that are due, and gives up what lost workers do and what takes too long. */
    void tick() {
        long now = clock.nanoTime();
        workers.values().removeIf(Worker::hasLeft);
        workers.values().forEach(worker -> look(worker, now));
    }

    private void look(Worker worker, long now) {
        if (worker.startHeartbeat(now)) {
            heartbeats.execute(() -> ask(worker));
        }
        boolean lost = worker.isLost(now);
        for (Pending pending : worker.pending()) {
            if (lost || pending.isOverdue(now)) {
                pending.abort();
            }
        }
        if (worker.state(now) == WorkerState.UP) {
            upNanos = now;
        }
    }

    private void ask(Worker worker) {
        WorkerState before = worker.state(clock.nanoTime());
        try {
            WorkerStatus answer = heartbeat.ask(worker.address());
            worker.heartbeat(answer, clock.nanoTime(), time.instant()).forEach(Pending::abort);
        } catch (IOException | RuntimeException e) {
            LOG.debug("No heartbeat from {}", worker.address(), e);
            worker.heartbeatMissed(clock.nanoTime());
        }
        WorkerState after = worker.state(clock.nanoTime());
        if (before != after) {
            LOG.info("Worker {} is {}", worker.address(), after.id());
        }
    }

    /** Those that take orders, without the excluded ones. */
    List<Placement.Candidate> candidates(Needs needs, Set<Worker> excluded) {
        long now = clock.nanoTime();
        return workers.values().stream()
                .filter(worker -> !excluded.contains(worker))
                .map(worker -> worker.candidate(needs, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether there are workers, and none of them has as much room as is needed. */
    boolean isTooMuch(Needs needs) {
        long now = clock.nanoTime();
        List<Worker> there = workers.values().stream()
                .filter(worker -> worker.state(now) != WorkerState.DOWN)
                .toList();
        return !there.isEmpty() && there.stream().noneMatch(worker -> worker.hasRoom(needs));
    }

    /** For how long no worker has been up. */
    Duration withoutWorkers() {
        long now = clock.nanoTime();
        boolean anyUp = workers.values().stream().anyMatch(worker -> worker.state(now) == WorkerState.UP);
        return anyUp ? Duration.ZERO : Duration.ofNanos(now - upNanos);
    }

    /** How many orders all workers together run at once. */
    int slots() {
        long now = clock.nanoTime();
        return workers.values().stream().mapToInt(worker -> worker.slots(now)).sum();
    }

    /** How many workers are in a state. */
    long count(WorkerState state) {
        long now = clock.nanoTime();
        return workers.values().stream()
                .filter(worker -> worker.state(now) == state)
                .count();
    }

    List<WorkerView> views() {
        long now = clock.nanoTime();
        return workers().stream()
                .map(worker -> worker.view(now))
                .sorted(Comparator.comparing(WorkerView::address))
                .toList();
    }

    Collection<Worker> workers() {
        return workers.values();
    }
}

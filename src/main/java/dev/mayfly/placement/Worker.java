package dev.mayfly.placement;

import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.WorkerLoad;
import dev.mayfly.cluster.WorkerStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one worker. Thread-safe.
 *
 * <pre>
 *               heartbeat answered                 says that it drains
 *   found ──> DOWN ─────────────────────> UP <──────────────────────────> DRAINING
 *              ^                         │  ^                                │
 *              │        exchange failed, │  │ backoff over,                  │
 *              │        heartbeat missed v  │ heartbeat answered             │
 *              └──────────────────────── SUSPECT <───────────────────────────┘
 *                nothing heard for a while
 * </pre>
 *
 * <p>Failures of exchanges and missed heartbeats are counted apart: a worker that answers heartbeats, but fails at every
 * order, is left out for longer each time. A worker that comes back as another process holds nothing of what the one
 * before it held, and what that one was doing is lost.
 */
final class Worker {

    private final WorkerAddress address;
    private final MembershipRules rules;
    private final Set<Pending> orders = ConcurrentHashMap.newKeySet();
    private final Set<Pending> transfers = ConcurrentHashMap.newKeySet();

    private @Nullable WorkerStatus status;
    private @Nullable WorkerLoad load;
    private final Holdings holdings = new Holdings();
    private @Nullable Instant lastSeen;
    private long lastSeenNanos;
    private int missed;
    private int failures;
    private long outUntilNanos;
    private boolean out;
    private int others;
    private boolean leaving;
    private boolean asking;
    private boolean asked;
    private long askAtNanos;

    Worker(WorkerAddress address, MembershipRules rules) {
        this.address = address;
        this.rules = rules;
    }

    WorkerAddress address() {
        return address;
    }

    synchronized WorkerState state(long now) {
        if (status == null || isSilent(now)) {
            return WorkerState.DOWN;
        }
        if (missed > 0 || (out && now - outUntilNanos < 0)) {
            return WorkerState.SUSPECT;
        }
        return load != null && load.draining() ? WorkerState.DRAINING : WorkerState.UP;
    }

    /** One miss is no silence: it may have been us who paused. */
    private boolean isSilent(long now) {
        return missed > 1 && now - lastSeenNanos >= rules.lostAfter().toNanos();
    }

    /** Whether what it was doing for us is to be given up. */
    synchronized boolean isLost(long now) {
        return status != null && isSilent(now);
    }

    /** Whether it is time for a heartbeat; the caller then sends one, and says how it went. */
    synchronized boolean startHeartbeat(long now) {
        if (asking || (asked && now - askAtNanos < 0)) {
            return false;
        }
        asking = true;
        asked = true;
        holdings.asked();
        return true;
    }

    /**
     * The heartbeat was answered.
     *
     * @return what was pending with the process that was there before, and is lost
     */
    List<Pending> heartbeat(WorkerStatus answer, long now, Instant time) {
        boolean restarted;
        synchronized (this) {
            restarted = status != null && !status.instance().equals(answer.instance());
            if (restarted) {
                out = false;
                failures = 0;
                holdings.restarted(contents(answer));
            } else {
                holdings.answered(contents(answer));
            }
            status = answer;
            missed = 0;
            asking = false;
            askAtNanos = now + rules.heartbeat().toNanos();
            lastSeen = time;
            lastSeenNanos = now;
            note(answer.load());
        }
        return restarted ? pending() : List.of();
    }

    private static Set<Content> contents(WorkerStatus status) {
        Stream<Content> modules = status.modules().stream().map(digest -> new Content(Content.Kind.MODULE, digest));
        Stream<Content> disks = status.disks().stream()
                .flatMap(held -> held.digests().stream())
                .map(digest -> new Content(Content.Kind.DISK, digest));
        return Stream.concat(modules, disks).collect(Collectors.toUnmodifiableSet());
    }

    synchronized void heartbeatMissed(long now) {
        missed++;
        asking = false;
        askAtNanos = now + rules.backoff().pauseNanos(missed);
    }

    /** Something other than a heartbeat failed. It is asked soon how it is. */
    synchronized void failed(long now) {
        failures++;
        out = true;
        outUntilNanos = now + rules.backoff().pauseNanos(failures);
        askAtNanos = now;
    }

    synchronized void succeeded() {
        failures = 0;
        out = false;
    }

    /** It said how busy it is. */
    synchronized void note(WorkerLoad said) {
        load = said;
        others = Math.max(0, said.inUse() + said.queued() - orders.size());
    }

    synchronized void holds(Content content) {
        holdings.gain(content);
    }

    synchronized void lacks(Collection<Content> missing) {
        holdings.lose(missing);
    }

    /** An order is on its way to it, until {@link #done}. */
    void begin(Pending order) {
        orders.add(order);
    }

    void done(Pending order) {
        orders.remove(order);
    }

    /** Content is on its way to it, until {@link #transferred}. */
    void transfer(Pending content) {
        transfers.add(content);
    }

    void transferred(Pending content) {
        transfers.remove(content);
    }

    /** All that is going on with it. */
    List<Pending> pending() {
        return Stream.concat(orders.stream(), transfers.stream()).toList();
    }

    /** It is found no more, or again: it gets no orders meanwhile. */
    synchronized void leaving(boolean now) {
        leaving = now;
    }

    /** Whether it can be forgotten. */
    synchronized boolean hasLeft() {
        return leaving && orders.isEmpty() && transfers.isEmpty();
    }

    /** It as a candidate for an order; empty if it takes none. */
    synchronized Optional<Placement.Candidate> candidate(Needs needs, long now) {
        if (leaving || load == null || state(now) != WorkerState.UP || !hasRoom(needs)) {
            return Optional.empty();
        }
        return Optional.of(new Placement.Candidate(this, orders.size() + others, load.slots(), holdings.of(needs)));
    }

    /** Whether the disks would fit there, as far as is known. A worker that says nothing of disks has no room for any. */
    synchronized boolean hasRoom(Needs needs) {
        return needs.disks().isEmpty()
                || Optional.ofNullable(status)
                        .flatMap(WorkerStatus::disks)
                        .filter(disks -> needs.diskBytes() <= disks.capacity())
                        .isPresent();
    }

    /** The process that is there. */
    synchronized Optional<UUID> instance() {
        return Optional.ofNullable(status).map(WorkerStatus::instance);
    }

    /** How many slots may be counted on. */
    synchronized int slots(long now) {
        WorkerState state = state(now);
        return !leaving && load != null && (state == WorkerState.UP || state == WorkerState.SUSPECT) ? load.slots() : 0;
    }

    synchronized WorkerView view(long now) {
        WorkerStatus said = status;
        return new WorkerView(
                said == null ? null : said.name(),
                address.toString(),
                state(now).id(),
                load == null ? 0 : load.slots(),
                load == null ? 0 : load.inUse(),
                load == null ? 0 : load.queued(),
                said == null ? null : said.engine(),
                said == null ? null : said.software(),
                said == null ? 0 : said.modules().size(),
                said == null
                        ? 0
                        : said.disks().map(held -> held.digests().size()).orElse(0),
                lastSeen);
    }
}

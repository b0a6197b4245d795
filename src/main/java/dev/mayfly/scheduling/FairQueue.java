package dev.mayfly.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Waiting tickets, in an order that is fair between groups. This class is the only one that knows the order.
 *
 * <p>Not thread-safe: guarded by the {@link Scheduler}'s lock.
 */
final class FairQueue {

    /*
     * Start-time fair queueing (Goyal, Vin and Cheng, 1996) over slot time, for several slots at once.
     *
     * Each group has a virtual time: the slot time that its jobs have taken, divided by its weight. Served is the first
     * ticket of the group whose virtual time is least. There is no other rule for the order. What a job takes is known
     * only when it has ended, so at its start the group is charged with what its last jobs took on average, and at its end
     * the charge is corrected. Groups with work therefore get slot time in proportion to their weights, whatever a single
     * job costs: a function of slow invocations gets no more than one of fast ones. Counting jobs instead (turns, deficit
     * round robin with a guess as the size) cannot do that, as the size is not known before.
     *
     * The clock of the queue is the virtual time at which the last job started. A group that begins to wait after it had
     * nothing to start, or was at its bound, is set forward to the clock if it is behind: what it did not use is lost. It is
     * not set back if it is ahead: it had more than its share a moment ago, and a group that always has one job
     * waiting in its client rather than here would otherwise never pay. Such debtors are remembered until the clock has
     * reached them, the worst of them first if there are too many, or until nothing runs or waits at all.
     *
     * What follows, with n other groups waiting, c(g) the longest job of group g, m slots:
     *
     *   - A group that was idle, or had no more than its share, waits for at most one job of each other group and for a
     *     job that runs already to end: (sum of c(g) over the others + the longest that runs) / m. However many tickets the
     *     others have. With a single flooding group, that is the next slot that falls free. Jobs that end meanwhile and took
     *     less than they were charged with let their group start so much more before.
     *   - Two groups that always have something waiting, f and g, that run at most k(f) and k(g) jobs at once, differ in
     *     slot time divided by weight by at most k(f) c(f) / w(f) + k(g) c(g) / w(g), since jobs that run are charged with an
     *     estimate. With one slot that is one job's cost each.
     *   - No slot is free while a ticket waits that may start.
     *
     * Within a group tickets are served as they came, but for those whose caller is at a bound of its own. Each such
     * caller has a lane, a set of its groups' lines by virtual time, which is closed while it is at its bound; all other
     * tickets are in one common lane. The next ticket is the best of the lanes' best. So a closed lane costs nothing to
     * pass over, and neither does a group at its bound, whose lines are in no lane until one of its jobs ends.
     *
     * Costs: a ticket is in three rows, its line, the order of arrival and a spoke of the wheel of deadlines, and in no
     * sorted structure. Only groups are sorted. Adding to a line is O(1) if the line has tickets before, otherwise, as
     * taking one from it, O(l log g) for g groups that may start a ticket and l lanes in which this group waits, which is
     * 1 unless callers with bounds want the same group; choosing is O(open lanes).
     */

    /** More groups than that are not remembered only for having had more than their share. */
    static final int MOST_DEBTORS = 16_384;

    private static final Comparator<Group> PAID_FIRST = (one, other) -> {
        long difference = one.virtualTime() - other.virtualTime();
        return difference != 0 ? Long.signum(difference) : one.name().compareTo(other.name());
    };

    private SchedulingLimits limits;
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Party> parties = new HashMap<>();
    private final Lane commonLane = new Lane(0);
    private final SequencedSet<Lane> lanes = new LinkedHashSet<>(List.of(commonLane));
    private final NavigableSet<Group> debtors = new TreeSet<>(PAID_FIRST);
    private final Row arrivals = new Row();
    private final DeadlineWheel deadlines;
    private final ServiceTime serviceTime;
    private long virtualNow;
    private long sequence;
    private int running;

    /**
     * An empty queue.
     *
     * @param serviceTime of all groups; the first estimate for a new one
     * @param nowNanos the moment of the scheduler's clock
     */
    FairQueue(SchedulingLimits limits, ServiceTime serviceTime, long nowNanos) {
        this.limits = limits;
        this.serviceTime = serviceTime;
        this.deadlines = new DeadlineWheel(nowNanos);
    }

    /** Other limits hold from now on. Takes time for each group. */
    void limits(SchedulingLimits changed) {
        List<Group> busy =
                groups.values().stream().filter(group -> !group.isIdle()).toList();
        busy.forEach(this::unlist);
        limits = changed;
        busy.forEach(this::list);
    }

    /** How many tickets wait. */
    int size() {
        return arrivals.size();
    }

    /** How many tickets of a group wait. */
    int size(String group) {
        Group found = groups.get(group);
        return found == null ? 0 : found.waiting();
    }

    /** How many tickets of a caller wait. */
    int sizeOfCaller(String caller) {
        Party found = parties.get(caller);
        return found == null ? 0 : found.waiting();
    }

    /** How many jobs of a group compute at once when it is alone. */
    int concurrency(Admission admission) {
        Integer own = admission.groupConcurrency();
        return Math.max(1, Math.min(own != null ? own : limits.groupConcurrency(), limits.slots()));
    }

    /** The ticket that has waited for longest. */
    @Nullable
    Ticket oldest() {
        return arrivals.first();
    }

    /** A waiting ticket whose deadline has passed; null if none is found in a short time. */
    @Nullable
    Ticket overdue(long nowNanos) {
        return deadlines.overdue(nowNanos);
    }

    /** The ticket that {@link #start} would be for. */
    @Nullable
    Ticket peek() {
        Line line = next();
        return line == null ? null : line.first();
    }

    private @Nullable Line next() {
        Line best = commonLane.next();
        if (lanes.size() > 1) {
            for (Lane lane : lanes) {
                Line line = lane.next();
                if (line != null && (best == null || Line.SERVED_FIRST.compare(line, best) < 0)) {
                    best = line;
                }
            }
        }
        return best;
    }

    void add(Ticket ticket) {
        Admission admission = ticket.admission();
        Group group = groups.computeIfAbsent(admission.group(), name -> new Group(name, virtualNow));
        if (group.isIdle()) {
            debtors.remove(group);
        }
        Party party = party(admission.caller());
        Line line = group.line(party == null ? commonLane : party.lane());
        ticket.enqueued(line, party, sequence++);
        if (line.tickets().isEmpty() || !group.agreesWith(admission)) {
            unlist(group);
            group.adopt(admission);
            putIn(ticket);
            list(group);
        } else {
            // It is not the next of its line, so nothing that orders lines has changed.
            putIn(ticket);
        }
    }

    private void putIn(Ticket ticket) {
        ticket.line().tickets().add(ticket);
        arrivals.add(ticket);
        deadlines.add(ticket);
        ticket.line().group().waits(1);
        Party party = ticket.party();
        if (party != null) {
            party.waits(1);
        }
    }

    private @Nullable Party party(Admission.@Nullable Caller caller) {
        return caller == null ? null : parties.computeIfAbsent(caller.name(), name -> newParty(caller));
    }

    private Party newParty(Admission.Caller caller) {
        Integer bound = caller.concurrency() != null ? caller.concurrency() : limits.maxConcurrencyPerCaller();
        if (bound == null) {
            return new Party(caller.name(), null, commonLane);
        }
        Lane lane = new Lane(virtualNow);
        lanes.add(lane);
        return new Party(caller.name(), bound, lane);
    }

    /** Starts the ticket that {@link #peek} tells; it counts for its group and caller until it is {@link #end ended}. */
    void start(Ticket ticket) {
        Line line = ticket.line();
        Group group = line.group();
        unlist(group);
        takeOut(ticket);
        long begin = later(group.virtualTime(), line.lane().openedAt());
        group.virtualTime(begin);
        virtualNow = later(virtualNow, begin);
        group.start(ticket, serviceTime.averageNanos());
        Party party = ticket.party();
        if (party != null) {
            party.starts();
        }
        running++;
        list(group);
        forgetPaid();
    }

    /** A started ticket no longer runs; it knows what it took. */
    void end(Ticket ticket) {
        Group group = ticket.line().group();
        unlist(group);
        group.end(ticket);
        running--;
        Party party = ticket.party();
        if (party != null) {
            party.ends(virtualNow);
            forgetIfIdle(party);
        }
        list(group);
        if (running == 0 && size() == 0) {
            forgetDebtors();
        }
    }

    /** Whether one more ticket of the group may be without a slot. */
    boolean mayBlock(Ticket ticket) {
        return ticket.line().group().blocked() < limits.blockedPlacesPerGroup();
    }

    /** A started ticket gives up its slot. */
    void block(Ticket ticket) {
        Group group = ticket.line().group();
        unlist(group);
        group.block();
        list(group);
    }

    /** Whether the bound of the group lets a blocked ticket compute again. */
    boolean mayResume(Ticket ticket) {
        return ticket.line().group().mayResume(limits.groupConcurrency());
    }

    /** A blocked ticket has a slot again. */
    void resume(Ticket ticket) {
        Group group = ticket.line().group();
        unlist(group);
        group.resume();
        list(group);
    }

    /** Removes a waiting ticket. */
    void remove(Ticket ticket) {
        Group group = ticket.line().group();
        if (!ticket.isWaiting()) {
            throw new IllegalStateException("not waiting");
        }
        unlist(group);
        takeOut(ticket);
        Party party = ticket.party();
        if (party != null) {
            forgetIfIdle(party);
        }
        list(group);
    }

    /** Removes every waiting ticket. */
    List<Ticket> drain() {
        List<Ticket> waiting = new ArrayList<>(size());
        for (Ticket next = arrivals.first(); next != null; next = arrivals.first()) {
            remove(next);
            waiting.add(next);
        }
        return waiting;
    }

    private void takeOut(Ticket ticket) {
        ticket.dequeued();
        ticket.line().tickets().left(ticket);
        arrivals.left(ticket);
        deadlines.left(ticket);
        Group group = ticket.line().group();
        group.waits(-1);
        Party party = ticket.party();
        if (party != null) {
            party.waits(-1);
            if (party.isBounded() && ticket.line().tickets().isEmpty()) {
                group.lines().remove(ticket.line());
            }
        }
    }

    /** What orders a group's lines is about to change. */
    private void unlist(Group group) {
        if (group.isReady()) {
            for (Line line : group.lines()) {
                if (!line.tickets().isEmpty()) {
                    line.lane().remove(line);
                }
            }
        }
    }

    /** It has changed. */
    private void list(Group group) {
        boolean ready = group.waiting() > 0 && group.mayStart(limits.groupConcurrency());
        if (ready && !group.isReady()) {
            group.virtualTime(later(group.virtualTime(), virtualNow));
        }
        group.ready(ready);
        if (ready) {
            for (Line line : group.lines()) {
                if (!line.tickets().isEmpty()) {
                    line.lane().add(line);
                }
            }
        } else if (group.isIdle()) {
            retire(group);
        }
    }

    private void retire(Group group) {
        if (group.virtualTime() - virtualNow <= 0) {
            groups.remove(group.name());
            return;
        }
        debtors.add(group);
        if (debtors.size() > MOST_DEBTORS) {
            groups.remove(debtors.removeFirst().name());
        }
    }

    private void forgetPaid() {
        while (!debtors.isEmpty() && debtors.getFirst().virtualTime() - virtualNow <= 0) {
            groups.remove(debtors.removeFirst().name());
        }
    }

    private void forgetDebtors() {
        debtors.forEach(group -> groups.remove(group.name()));
        debtors.clear();
    }

    private void forgetIfIdle(Party party) {
        if (party.isIdle()) {
            parties.remove(party.name());
            if (party.isBounded()) {
                lanes.remove(party.lane());
            }
        }
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}

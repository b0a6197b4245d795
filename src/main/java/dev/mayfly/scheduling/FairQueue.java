package dev.mayfly.scheduling;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Waiting tickets, in an order that is fair between groups: each group has its own line, and the groups that have
 * somebody waiting and may start one more take turns. However long one group's line is, another group's first ticket is
 * served after at most one of each other group.
 *
 * <p>A turn counts one job, whatever it costs. This class is the only one that knows the order: weights and costs of
 * groups would change it, and nothing else.
 *
 * <p>Not thread-safe: guarded by the {@link Scheduler}'s lock. All operations take constant time.
 */
final class FairQueue {

    private final int concurrencyPerGroup;
    private final Map<String, Group> groups = new HashMap<>();
    /** The groups that can start a ticket now, the one whose turn it is first. */
    private final SequencedSet<Group> turns = new LinkedHashSet<>();

    private int size;

    FairQueue(int concurrencyPerGroup) {
        this.concurrencyPerGroup = concurrencyPerGroup;
    }

    /** How many tickets wait. */
    int size() {
        return size;
    }

    /** How many tickets of a group wait. */
    int size(String group) {
        Group found = groups.get(group);
        return found == null ? 0 : found.waiting.size();
    }

    /** Whether {@link #poll} would find a ticket. */
    boolean canStart() {
        return !turns.isEmpty();
    }

    void add(Ticket ticket) {
        Group group = groups.computeIfAbsent(ticket.group(), Group::new);
        group.waiting.add(ticket);
        size++;
        settle(group);
    }

    /** Takes the next ticket that may start; the group's concurrency counts it until it is {@link #release released}. */
    @Nullable
    Ticket poll() {
        if (turns.isEmpty()) {
            return null;
        }
        Group group = turns.removeFirst();
        Ticket ticket = group.waiting.removeFirst();
        size--;
        group.running++;
        settle(group);
        return ticket;
    }

    /** A polled ticket no longer runs. */
    void release(Ticket ticket) {
        Group group = groupOf(ticket);
        group.running--;
        settle(group);
    }

    /** Removes a waiting ticket. */
    void remove(Ticket ticket) {
        Group group = groupOf(ticket);
        if (!group.waiting.remove(ticket)) {
            throw new IllegalStateException("not waiting");
        }
        size--;
        settle(group);
    }

    /** Removes every waiting ticket. */
    List<Ticket> drain() {
        List<Ticket> waiting = groups.values().stream()
                .flatMap(group -> group.waiting.stream())
                .toList();
        waiting.forEach(this::remove);
        return waiting;
    }

    private Group groupOf(Ticket ticket) {
        Group group = groups.get(ticket.group());
        if (group == null) {
            throw new IllegalStateException("unknown group");
        }
        return group;
    }

    private void settle(Group group) {
        if (group.waiting.isEmpty()) {
            turns.remove(group);
            if (group.running == 0) {
                groups.remove(group.name);
            }
        } else if (group.running < concurrencyPerGroup) {
            turns.add(group);
        }
    }

    private static final class Group {
        final String name;
        final SequencedSet<Ticket> waiting = new LinkedHashSet<>();
        int running;

        Group(String name) {
            this.name = name;
        }
    }
}

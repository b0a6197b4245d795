package dev.mayfly.scheduling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that run, and which of them have a slot. There may be fewer slots than jobs compute, after their number was
 * lowered; then no more are granted until enough have ended. Not thread-safe: guarded by the {@link Scheduler}'s lock.
 */
final class Slots {

    private final Set<Ticket> running = new HashSet<>();
    private final Deque<Ticket> wanting = new ArrayDeque<>();
    private int number;
    private int places;
    private int computing;

    Slots(SchedulingLimits limits) {
        limits(limits);
    }

    void limits(SchedulingLimits limits) {
        number = limits.slots();
        places = limits.blockedPlaces();
    }

    /** Whether a slot is free. */
    boolean isFree() {
        return computing < number;
    }

    int free() {
        return number - computing;
    }

    /** How many jobs have one. */
    int inUse() {
        return computing;
    }

    /** How many jobs run without one. */
    int blocked() {
        return running.size() - computing;
    }

    /** Whether one more job may be without. */
    boolean hasPlaceForBlocked() {
        return blocked() < places;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    List<Ticket> running() {
        return new ArrayList<>(running);
    }

    int size() {
        return running.size();
    }

    void start(Ticket ticket) {
        running.add(ticket);
        computing++;
    }

    void end(Ticket ticket) {
        running.remove(ticket);
        if (ticket.isComputing()) {
            computing--;
        }
    }

    void block() {
        computing--;
    }

    void resume() {
        computing++;
    }

    /** A blocked job wants to compute again, and has to wait for it. */
    void want(Ticket ticket) {
        wanting.add(ticket);
    }

    /** It has what it wanted, or no use for it any more. */
    void wantNoMore(Ticket ticket) {
        wanting.remove(ticket);
    }

    /** Takes the blocked job that has waited longest for a slot, and may have one. */
    @Nullable
    Ticket pollWanting(FairQueue queue) {
        Iterator<Ticket> waiting = wanting.iterator();
        while (waiting.hasNext()) {
            Ticket ticket = waiting.next();
            if (queue.mayResume(ticket)) {
                waiting.remove();
                return ticket;
            }
        }
        return null;
    }
}

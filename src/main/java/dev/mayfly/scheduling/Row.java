package dev.mayfly.scheduling;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Waiting tickets in the order in which they were added. One that leaves from the middle is only counted as gone, and
 * taken out when it comes first or when more are gone than there; so leaving costs constant time on average, and touches no
 * other ticket: with a million of them, none but the first is likely to be in a processor's cache.
 */
final class Row {

    private static final int FEW = 16;

    private final ArrayDeque<Ticket> tickets = new ArrayDeque<>(2);
    private int gone;

    void add(Ticket ticket) {
        tickets.add(ticket);
    }

    /** A ticket that is in here waits no longer. */
    void left(Ticket ticket) {
        gone++;
        if (tickets.peekFirst() == ticket) {
            dropFirst();
        } else if (gone > size() + FEW) {
            tickets.removeIf(each -> !each.isWaiting());
            gone = 0;
        }
    }

    private void dropFirst() {
        while (gone > 0 && !tickets.getFirst().isWaiting()) {
            tickets.removeFirst();
            gone--;
        }
    }

    /** The one that was added first of those that wait. */
    @Nullable
    Ticket first() {
        return tickets.peekFirst();
    }

    /** Puts the first one at the end. */
    void rotate() {
        tickets.add(tickets.removeFirst());
        dropFirst();
    }

    /** How many wait. */
    int size() {
        return tickets.size() - gone;
    }

    boolean isEmpty() {
        return size() == 0;
    }
}

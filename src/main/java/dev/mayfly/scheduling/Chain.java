package dev.mayfly.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Tickets in the order in which they were added, linked through themselves: adding, and removing from anywhere, takes
 * constant time and no memory beside the ticket's own {@link Link}. A ticket has one link for each order it is in.
 */
final class Chain {

    /** A ticket's place in one chain, or in none. */
    static final class Link {

        private final Ticket ticket;
        private @Nullable Chain chain;
        private @Nullable Link previous;
        private @Nullable Link next;

        Link(Ticket ticket) {
            this.ticket = ticket;
        }

        /** Leaves the chain it is in. */
        void leave() {
            if (chain == null) {
                throw new IllegalStateException("not in a chain");
            }
            chain.remove(this);
        }
    }

    private @Nullable Link first;
    private @Nullable Link last;
    private int size;

    void add(Link link) {
        link.chain = this;
        link.previous = last;
        if (last == null) {
            first = link;
        } else {
            last.next = link;
        }
        last = link;
        size++;
    }

    private void remove(Link link) {
        if (link.previous == null) {
            first = link.next;
        } else {
            link.previous.next = link.next;
        }
        if (link.next == null) {
            last = link.previous;
        } else {
            link.next.previous = link.previous;
        }
        link.chain = null;
        link.previous = null;
        link.next = null;
        size--;
    }

    /** The one that was added first of those still in. */
    @Nullable
    Ticket first() {
        return first == null ? null : first.ticket;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}

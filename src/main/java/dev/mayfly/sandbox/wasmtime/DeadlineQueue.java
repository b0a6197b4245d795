package dev.mayfly.sandbox.wasmtime;

import java.util.TreeSet;

/**
 * Which instances of one module are running, and which epoch ends each of them.
 *
 * <p>Wasmtime stops an instance when its engine's epoch, a counter, reaches the instance's own number. The counter is
 * shared by all instances of the engine and only goes up, so reaching one instance's number ends every running instance
 * whose number is smaller. Numbers are therefore given in the order of deadlines, and the counter moves only to end an
 * instance, never with time. Then
 *
 * <ul>
 *   <li>a deadline ends its instance and those before it, whose deadlines have passed as well;
 *   <li>a cancelled instance can be ended once every running instance with a smaller number is cancelled too or its
 *       deadline has passed. Until then it must wait: for its next system call, for those instances to end, or for its
 *       own deadline.
 * </ul>
 *
 * Numbers leave gaps for instances that start later but must end sooner. Should a gap be used up, two instances share a
 * number, and both end at the later of their deadlines. Not thread-safe.
 */
final class DeadlineQueue {

    static final long GAP = 256;

    /** A running instance. */
    static final class Ticket implements Comparable<Ticket> {

        private final long deadlineNanos;
        private final long serial;
        private long epoch;
        private boolean cancelled;

        private Ticket(long deadlineNanos, long serial) {
            this.deadlineNanos = deadlineNanos;
            this.serial = serial;
        }

        /** The epoch that ends the instance. */
        long epoch() {
            return epoch;
        }

        private boolean due(long now) {
            return cancelled || deadlineNanos - now <= 0;
        }

        @Override
        public int compareTo(Ticket other) {
            long difference = deadlineNanos - other.deadlineNanos;
            return difference != 0 ? Long.signum(difference) : Long.compare(serial, other.serial);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(serial);
        }
    }

    private final TreeSet<Ticket> running = new TreeSet<>();
    private long serials;
    private long current;

    /** The epoch as it is now, if the steps that {@link #advance} returned were taken. */
    long current() {
        return current;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    Ticket add(long deadlineNanos) {
        Ticket ticket = new Ticket(deadlineNanos, serials++);
        Ticket before = running.lower(ticket);
        Ticket after = running.higher(ticket);
        long low = before == null ? current : before.epoch;
        ticket.epoch = after == null ? low + GAP : between(low, after.epoch);
        running.add(ticket);
        return ticket;
    }

    private static long between(long low, long high) {
        return high - low > 1 ? low + (high - low) / 2 : high;
    }

    void remove(Ticket ticket) {
        running.remove(ticket);
    }

    void cancel(Ticket ticket) {
        ticket.cancelled = true;
    }

    /** Moves the epoch up to where it ends all instances that can be ended now, and returns by how much. */
    long advance(long now) {
        long blocked = firstEpochNotDue(now);
        long before = current;
        while (!running.isEmpty() && running.first().epoch < blocked) {
            current = running.first().epoch;
            running.remove(running.first());
        }
        return current - before;
    }

    private long firstEpochNotDue(long now) {
        for (Ticket ticket : running) {
            if (!ticket.due(now)) {
                return ticket.epoch;
            }
        }
        return Long.MAX_VALUE;
    }
}

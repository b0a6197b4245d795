package dev.mayfly.scheduling;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds waiting tickets whose deadline has passed: a hashed timing wheel. A ticket is on the spoke that its deadline
 * leads to, and the hand goes round with time; what it finds on a spoke is overdue, or due in a later turn. Adding and
 * removing takes constant time, however many wait, and each look at the wheel takes a bounded time: with too much to
 * look at, the hand comes late, which is no harm, since who waits for a job looks at the clock as well.
 *
 * <p>Not thread-safe: guarded by the {@link Scheduler}'s lock.
 */
final class DeadlineWheel {

    /** A tick takes 2^26 ns, 67 ms. */
    private static final int TICK_BITS = 26;

    /** A turn takes 69 s, longer than most tickets may wait. */
    private static final int SPOKES = 1024;

    private static final int LOOKS_AT_ONCE = 16;
    private static final int TICKS_AT_ONCE = 64;

    private final List<Row> spokes = Stream.generate(Row::new).limit(SPOKES).toList();
    private final long originNanos;
    private long hand;
    /** How many on the hand's spoke it has still to look at; negative before it has begun. */
    private int left = -1;

    private int size;

    DeadlineWheel(long nowNanos) {
        this.originNanos = nowNanos;
    }

    void add(Ticket ticket) {
        spoke(tick(ticket.deadlineNanos())).add(ticket);
        size++;
    }

    /** A ticket on the wheel waits no longer. */
    void left(Ticket ticket) {
        spoke(tick(ticket.deadlineNanos())).left(ticket);
        size--;
    }

    /** A ticket whose deadline has passed, which stays on the wheel; null if the hand finds none for now. */
    @Nullable
    Ticket overdue(long nowNanos) {
        long target = tick(nowNanos);
        if (size == 0) {
            hand = target;
            left = -1;
            return null;
        }
        int looks = LOOKS_AT_ONCE;
        for (int ticks = 0; ticks < TICKS_AT_ONCE && hand < target; ticks++) {
            Row spoke = spoke(hand);
            left = left < 0 ? spoke.size() : Math.min(left, spoke.size());
            while (left > 0) {
                Ticket ticket = spoke.first();
                if (ticket == null || looks-- == 0) {
                    return null;
                }
                if (tick(ticket.deadlineNanos()) <= hand) {
                    return ticket;
                }
                left--;
                spoke.rotate();
            }
            hand++;
            left = -1;
        }
        return null;
    }

    private long tick(long nanos) {
        return (nanos - originNanos) >> TICK_BITS;
    }

    private Row spoke(long tick) {
        return spokes.get((int) (tick & (SPOKES - 1)));
    }
}

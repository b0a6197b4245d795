package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gives every interval a register or a spill slot, going through them in the order of their starts and splitting them
 * where that helps (Wimmer and Mössenböck, "Optimized Interval Splitting in a Linear Scan Register Allocator", 2005;
 * Wimmer and Franz, "Linear Scan Register Allocation on SSA Form", 2010).
 *
 * <p>An interval is active while the current position lies in one of its ranges, inactive while it lies in a hole between
 * them. Since virtual registers are in SSA form, an interval that starts with its definition cannot meet an inactive one
 * later; only the rest of a split interval can.
 *
 * <p>A spilled value is stored once, where it is defined: from then on its slot is valid, and leaving a register costs
 * nothing.
 */
final class LinearScan {

    private final Function function;
    private final RegisterFile file;
    private final FixedRanges fixed;
    private final @Nullable Interval[] intervals;
    private final SplitPositions splits;

    private final PriorityQueue<Interval> unhandled = new PriorityQueue<>(
            Comparator.comparingInt(Interval::start).thenComparingInt(interval -> interval.virtualRegister));

    /** By physical register. */
    private final @Nullable Interval[] active = new Interval[Location.FIRST_VIRTUAL];

    private final PriorityQueue<Interval> inactive =
            new PriorityQueue<>(Comparator.comparingInt((Interval interval) -> interval.resumption)
                    .thenComparingInt(interval -> interval.virtualRegister));

    private final List<Interval> fellIntoHole = new ArrayList<>();

    /** Until when each register is free for the current interval. */
    private final int[] free = new int[Location.FIRST_VIRTUAL];

    /** From when each register cannot be had, whatever is evicted. */
    private final int[] blocked = new int[Location.FIRST_VIRTUAL];

    private long usedRegisters;

    LinearScan(Function function, CodeOrder order, RegisterFile file, @Nullable Interval[] intervals) {
        this.function = function;
        this.file = file;
        this.intervals = intervals;
        fixed = new FixedRanges(order, file);
        splits = new SplitPositions(order);
    }

    /** Returns the set of the registers given out. */
    long run() {
        for (Interval interval : intervals) {
            if (interval != null) {
                unhandled.add(interval);
            }
        }
        for (Interval current = unhandled.poll(); current != null; current = unhandled.poll()) {
            advance(current.start());
            if (!takeFreeRegister(current)) {
                takeBlockedRegister(current);
            }
        }
        return usedRegisters;
    }

    private void advance(int position) {
        for (int register = 0; register < active.length; register++) {
            Interval interval = active[register];
            if (interval != null && !interval.covers(position)) {
                active[register] = null;
                fellIntoHole.add(interval);
            }
        }
        for (Interval interval : fellIntoHole) {
            deactivate(interval, position);
        }
        fellIntoHole.clear();
        for (Interval interval = inactive.peek();
                interval != null && interval.resumption <= position;
                interval = inactive.peek()) {
            inactive.remove();
            if (interval.covers(position)) {
                active[interval.location] = interval;
            } else {
                deactivate(interval, position);
            }
        }
    }

    private void deactivate(Interval interval, int position) {
        interval.resumption = interval.resumptionAfter(position);
        if (interval.resumption != Interval.NEVER) {
            inactive.add(interval);
        }
    }

    private boolean takeFreeRegister(Interval current) {
        List<Integer> registers = file.allocatable(function.registerClass(current.virtualRegister));
        int firstCall = fixed.firstCall(current);
        for (int register : registers) {
            free[register] = active[register] == null ? Interval.NEVER : 0;
        }
        if (!current.isWhole()) {
            for (Interval other : inactive) {
                limit(free, other.location, current.intersection(other, current.start()));
            }
        }
        int best = Location.NONE;
        for (int register : registers) {
            if (free[register] > 0) {
                limit(free, register, fixed.intersection(register, current, firstCall));
            }
            if (best == Location.NONE || isBetter(register, best, current)) {
                best = register;
            }
        }
        best = preferHint(current, registers, best);
        int until = free[best];
        if (until < current.end()) {
            int split = splits.beforeDestruction(current.start(), until);
            if (split <= current.start()) {
                return false;
            }
            unhandled.add(current.split(split));
        }
        assign(current, best);
        return true;
    }

    private static void limit(int[] positions, int register, int position) {
        positions[register] = Math.min(positions[register], position);
    }

    /** The register that stays free longest; of those free long enough, the first. */
    private boolean isBetter(int register, int best, Interval current) {
        return free[best] < current.end() && free[register] > free[best];
    }

    private int preferHint(Interval current, List<Integer> registers, int best) {
        int hint = current.hint;
        if (hint >= Location.FIRST_VIRTUAL) {
            Interval other = intervals[hint];
            hint = other == null ? Location.NONE : lastRegister(other);
        }
        if (hint < 0 || !registers.contains(hint)) {
            return best;
        }
        return free[hint] >= Math.min(current.end(), free[best]) ? hint : best;
    }

    private static int lastRegister(Interval whole) {
        int register = Location.NONE;
        for (Interval part = whole; part != null; part = part.next) {
            if (part.location >= 0) {
                register = part.location;
            }
        }
        return register;
    }

    private void assign(Interval current, int register) {
        current.location = register;
        active[register] = current;
        usedRegisters |= 1L << register;
    }

    /** Evicts what is needed least, which may be the current interval itself. */
    private void takeBlockedRegister(Interval current) {
        List<Integer> registers = file.allocatable(function.registerClass(current.virtualRegister));
        int best = leastNeeded(current, registers);
        boolean required = current.needsRegisterAtStart();
        if (!required
                && splits.distance(current.start(), nextUse(current)) >= splits.distance(current.start(), free[best])) {
            spill(current, current.start());
            return;
        }
        if (blocked[best] <= current.start()) {
            throw new IllegalStateException("No register is left at position " + current.start());
        }
        if (blocked[best] < current.end()) {
            splitBefore(current, blocked[best]);
        }
        evict(current, best);
        assign(current, best);
    }

    private static int nextUse(Interval current) {
        return current.nextUse(current.start());
    }

    /** Fills in when each register is needed next, and from when it cannot be had. */
    private int leastNeeded(Interval current, List<Integer> registers) {
        int position = current.start();
        int firstCall = fixed.firstCall(current);
        for (int register : registers) {
            blocked[register] = fixed.intersection(register, current, firstCall);
            Interval other = active[register];
            free[register] = blocked[register];
            if (other != null) {
                boolean taken = other.start() == position && other.needsRegisterAtStart();
                limit(free, register, taken ? position : other.nextUse(position));
            }
        }
        if (!current.isWhole()) {
            for (Interval other : inactive) {
                if (current.intersection(other, position) != Interval.NEVER) {
                    limit(free, other.location, other.nextUse(position));
                }
            }
        }
        int best = registers.getFirst();
        for (int register : registers) {
            if (splits.distance(position, free[register]) > splits.distance(position, free[best])) {
                best = register;
            }
        }
        return best;
    }

    private void evict(Interval current, int register) {
        Interval other = active[register];
        if (other != null) {
            int position = current.start();
            Interval rest = other.start() == position ? other : other.split(evictionOf(other, position));
            spill(rest, position);
        }
        if (current.isWhole()) {
            return;
        }
        List<Interval> inTheWay = new ArrayList<>();
        for (Interval candidate : inactive) {
            if (candidate.location == register && current.intersection(candidate, current.start()) != Interval.NEVER) {
                inTheWay.add(candidate);
            }
        }
        inactive.removeAll(inTheWay);
        for (Interval candidate : inTheWay) {
            unhandled.add(candidate.split(candidate.resumption));
        }
    }

    /** It may as well leave before a loop in which it is not used: that costs nothing, being loaded in the loop does. */
    private int evictionOf(Interval interval, int position) {
        return splits.outermostToLeave(Math.max(interval.start(), interval.lastUseBefore(position)) + 1, position);
    }

    /** Ends the interval before its register is destroyed; if that is within the same instruction, the rest is spilled. */
    private void splitBefore(Interval current, int destroyed) {
        int split = splits.beforeDestruction(current.start(), destroyed);
        if (split > current.start()) {
            unhandled.add(current.split(split));
        } else {
            spill(current.split(destroyed), destroyed);
        }
    }

    /** Puts the interval into the slot until it is used next after a position. */
    private void spill(Interval interval, int position) {
        interval.location = Interval.SPILLED;
        int use = interval.nextUse(position + (position == interval.start() ? 1 : 0));
        if (use != Interval.NEVER) {
            unhandled.add(interval.split(splits.outermost(position + 1, use)));
        }
    }
}

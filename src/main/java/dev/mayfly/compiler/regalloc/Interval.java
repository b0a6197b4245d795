package dev.mayfly.compiler.regalloc;

import org.jspecify.annotations.Nullable;

/**
 * A part of a virtual register's life that it spends in one place. All parts share the ranges and uses of the whole, and
 * each sees what lies between its own start and end.
 */
final class Interval {

    static final int NEVER = Integer.MAX_VALUE;

    /** The location of a part that is in the spill slot of the whole. */
    static final int SPILLED = Integer.MIN_VALUE + 1;

    final int virtualRegister;
    final Ranges ranges;

    /** Positions of reads, in order: twice the position, plus one where it must be in a register. */
    private final int[] uses;

    /** Whether the value has to be in a register where it is defined. */
    private final boolean definedInRegister;

    final Interval whole;
    int location = Location.NONE;

    /** A physical register or another virtual register that it had better share, or {@link Location#NONE}. */
    int hint = Location.NONE;

    /** Where the next range starts, while it is in a hole. */
    int resumption;

    /** The next part, in order of time; null in the last. */
    @Nullable
    Interval next;

    private final int start;
    private int end;

    Interval(int virtualRegister, Ranges ranges, int[] uses, boolean definedInRegister) {
        this.virtualRegister = virtualRegister;
        this.ranges = ranges;
        this.uses = uses;
        this.definedInRegister = definedInRegister;
        whole = this;
        start = ranges.start();
        end = ranges.end();
    }

    private Interval(Interval previous, int start) {
        virtualRegister = previous.virtualRegister;
        ranges = previous.ranges;
        uses = previous.uses;
        definedInRegister = previous.definedInRegister;
        whole = previous.whole;
        hint = previous.hint;
        this.start = start;
        end = previous.end;
        next = previous.next;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean isWhole() {
        return whole == this;
    }

    /**
     * Ends this part at a position within it and returns the rest, which starts there, or behind the hole there.
     */
    Interval split(int position) {
        int range = ranges.firstEndingAfter(position);
        Interval rest = new Interval(this, Math.max(position, ranges.start(range)));
        int before = ranges.start(range) < position ? position : ranges.end(range - 1);
        end = Math.min(position, before);
        next = rest;
        return rest;
    }

    boolean covers(int position) {
        return start <= position && position < end && ranges.contains(position);
    }

    /** Where the first range that starts behind the position does, or {@link #NEVER}. */
    int resumptionAfter(int position) {
        int range = ranges.firstEndingAfter(position);
        if (range < ranges.count() && ranges.start(range) <= position) {
            range++;
        }
        return range < ranges.count() && ranges.start(range) < end ? ranges.start(range) : NEVER;
    }

    /** The first position that it has in common with another from a position on, or {@link #NEVER}. */
    int intersection(Interval other, int from) {
        int mine = ranges.firstEndingAfter(from);
        int others = other.ranges.firstEndingAfter(from);
        while (mine < ranges.count() && others < other.ranges.count()) {
            int first = Math.max(
                    Math.max(Math.max(start, ranges.start(mine)), Math.max(other.start, other.ranges.start(others))),
                    from);
            if (first >= end || first >= other.end) {
                return NEVER;
            }
            if (first >= ranges.end(mine)) {
                mine++;
            } else if (first >= other.ranges.end(others)) {
                others++;
            } else {
                return first;
            }
        }
        return NEVER;
    }

    /** The first position, from the given one on, where it is read, or {@link #NEVER}. */
    int nextUse(int position) {
        int index = firstUseFrom(position);
        return index < uses.length && uses[index] >> 1 < end ? uses[index] >> 1 : NEVER;
    }

    /** The last position before the given one where it is read, or -1. */
    int lastUseBefore(int position) {
        int index = firstUseFrom(position);
        return index == 0 ? -1 : uses[index - 1] >> 1;
    }

    /** Whether an instruction needs it in a register at its own start. */
    boolean needsRegisterAtStart() {
        if (isWhole() && definedInRegister) {
            return true;
        }
        int index = firstUseFrom(start);
        while (index < uses.length && uses[index] >> 1 == start) {
            if ((uses[index++] & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    private int firstUseFrom(int position) {
        int low = 0;
        int high = uses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (uses[middle] >> 1 < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean isSpilled() {
        return location == SPILLED;
    }
}

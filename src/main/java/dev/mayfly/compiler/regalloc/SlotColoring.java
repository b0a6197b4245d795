package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Gives spill slots to what was spilled, and gives a slot again when the value in it is dead. */
final class SlotColoring {

    private record Occupied(int slot, int end) {}

    private final int[] slots;
    private int count;

    SlotColoring(@Nullable Interval[] intervals) {
        slots = new int[intervals.length];
        Arrays.fill(slots, -1);
        List<Interval> spilled = new ArrayList<>();
        for (Interval interval : intervals) {
            if (interval != null && isEverSpilled(interval)) {
                spilled.add(interval);
            }
        }
        spilled.sort(Comparator.comparingInt(Interval::start));
        PriorityQueue<Occupied> occupied =
                new PriorityQueue<>(Comparator.comparingInt(Occupied::end).thenComparingInt(Occupied::slot));
        for (Interval interval : spilled) {
            Occupied first = occupied.peek();
            int slot = count;
            if (first != null && first.end() <= interval.start()) {
                slot = occupied.remove().slot();
            } else {
                count++;
            }
            slots[interval.virtualRegister] = slot;
            occupied.add(new Occupied(slot, interval.ranges.end()));
        }
    }

    private static boolean isEverSpilled(Interval whole) {
        for (Interval part = whole; part != null; part = part.next) {
            if (part.isSpilled()) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return count;
    }

    boolean hasSlot(int virtualRegister) {
        return slots[virtualRegister] >= 0;
    }

    /** The location of the virtual register's slot. */
    int locationOf(int virtualRegister) {
        return Location.ofSlot(slots[virtualRegister]);
    }
}

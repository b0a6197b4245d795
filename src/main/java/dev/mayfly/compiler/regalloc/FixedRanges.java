package dev.mayfly.compiler.regalloc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When physical registers are taken by instructions that name them, and when calls destroy them. */
final class FixedRanges {

    private final RegisterFile file;
    private final @Nullable Ranges[] ranges = new Ranges[Location.FIRST_VIRTUAL];

    /** The late positions of the calls, in order. */
    private final int[] calls;

    FixedRanges(CodeOrder order, RegisterFile file) {
        this.file = file;
        IntList[] starts = new IntList[Location.FIRST_VIRTUAL];
        IntList[] ends = new IntList[Location.FIRST_VIRTUAL];
        Arrays.setAll(starts, register -> new IntList());
        Arrays.setAll(ends, register -> new IntList());
        IntList callPositions = new IntList();
        for (int block = 0; block < order.blockCount(); block++) {
            collect(order, block, starts, ends);
            for (int i = order.firstInstruction(block); i <= order.lastInstruction(block); i++) {
                if (order.instruction(i).isCall()) {
                    callPositions.add(2 * i + 1);
                }
            }
        }
        calls = callPositions.toArray();
        for (int register = 0; register < ranges.length; register++) {
            if (starts[register].size() > 0) {
                ranges[register] = Ranges.of(starts[register], ends[register]);
            }
        }
    }

    private static void collect(CodeOrder order, int block, IntList[] starts, IntList[] ends) {
        int[] aliveUntil = new int[Location.FIRST_VIRTUAL];
        for (int i = order.lastInstruction(block); i >= order.firstInstruction(block); i--) {
            Instruction instruction = order.instruction(i);
            for (int operand = 0; operand < instruction.operandCount(); operand++) {
                int register = instruction.register(operand);
                Role role = instruction.role(operand);
                if (register < Location.FIRST_VIRTUAL && role.defines()) {
                    starts[register].add(role == Role.DEFINE_EARLY ? 2 * i : 2 * i + 1);
                    ends[register].add(Math.max(aliveUntil[register], 2 * i + 2));
                    aliveUntil[register] = 0;
                }
            }
            for (int operand = 0; operand < instruction.operandCount(); operand++) {
                int register = instruction.register(operand);
                Role role = instruction.role(operand);
                if (register < Location.FIRST_VIRTUAL && role.reads()) {
                    int end = role.occupiesAllOfInstruction() ? 2 * i + 2 : 2 * i + 1;
                    aliveUntil[register] = Math.max(aliveUntil[register], end);
                }
            }
        }
        for (int register = 0; register < aliveUntil.length; register++) {
            if (aliveUntil[register] != 0) {
                starts[register].add(order.start(block));
                ends[register].add(aliveUntil[register]);
            }
        }
    }

    /** The first position at which the interval would be destroyed in a register, or {@link Interval#NEVER}. */
    int intersection(int register, Interval interval, int firstCall) {
        int first = file.isCallClobbered(register) ? firstCall : Interval.NEVER;
        Ranges fixed = ranges[register];
        if (fixed == null) {
            return first;
        }
        Ranges ranges = interval.ranges;
        int mine = ranges.firstEndingAfter(interval.start());
        int others = fixed.firstEndingAfter(interval.start());
        while (mine < ranges.count() && others < fixed.count()) {
            int start = Math.max(ranges.start(mine), interval.start());
            int position = Math.max(start, fixed.start(others));
            if (position >= interval.end() || position >= first) {
                return first;
            }
            if (position >= ranges.end(mine)) {
                mine++;
            } else if (position >= fixed.end(others)) {
                others++;
            } else {
                return position;
            }
        }
        return first;
    }

    /** The first call that the interval lives across, or {@link Interval#NEVER}. */
    int firstCall(Interval interval) {
        Ranges ranges = interval.ranges;
        for (int range = ranges.firstEndingAfter(interval.start()); range < ranges.count(); range++) {
            int start = Math.max(ranges.start(range), interval.start());
            if (start >= interval.end()) {
                break;
            }
            int index = Arrays.binarySearch(calls, start);
            index = index < 0 ? -index - 1 : index;
            if (index < calls.length && calls[index] < Math.min(ranges.end(range), interval.end())) {
                return calls[index];
            }
        }
        return Interval.NEVER;
    }
}

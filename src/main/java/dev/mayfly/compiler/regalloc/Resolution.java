package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the parts of intervals into the locations of operands and the moves between them. */
final class Resolution {

    private final CodeOrder order;
    private final @Nullable Interval[] intervals;

    private static final Interval[] NOT_SPLIT = {};

    /** The parts of each virtual register whose interval was split. */
    private final Interval[][] parts;

    private final SlotColoring slots;
    private final ParallelMoves moves;

    Resolution(CodeOrder order, @Nullable Interval[] intervals, SlotColoring slots, RegisterFile file) {
        this.order = order;
        this.intervals = intervals;
        this.slots = slots;
        moves = new ParallelMoves(file.scratch());
        parts = new Interval[intervals.length][];
        Arrays.fill(parts, NOT_SPLIT);
        for (Interval interval : intervals) {
            if (interval != null && interval.next != null) {
                parts[interval.virtualRegister] = parts(interval);
            }
        }
    }

    private static Interval[] parts(Interval whole) {
        List<Interval> parts = new ArrayList<>();
        for (Interval part = whole; part != null; part = part.next) {
            parts.add(part);
        }
        return parts.toArray(Interval[]::new);
    }

    Allocation allocation(long usedRegisters) {
        connectParts();
        connectBlocks();
        passArguments();
        storeSpilled();
        int[] firstOperand = new int[order.instructionCount() + 1];
        for (int i = 0; i < order.instructionCount(); i++) {
            firstOperand[i + 1] = firstOperand[i] + order.instruction(i).operandCount();
        }
        int[] locations = new int[firstOperand[order.instructionCount()]];
        for (int i = 0; i < order.instructionCount(); i++) {
            Instruction instruction = order.instruction(i);
            for (int operand = 0; operand < instruction.operandCount(); operand++) {
                boolean late = instruction.role(operand).defines() && instruction.role(operand) != Role.DEFINE_EARLY;
                locations[firstOperand[i] + operand] =
                        location(instruction.register(operand), late ? 2 * i + 1 : 2 * i);
            }
        }
        return new Allocation(
                firstOperand, locations, parameterLocations(), moves.inOrder(), slots.count(), usedRegisters);
    }

    private int[][] parameterLocations() {
        int[][] locations = new int[order.blockCount()][];
        for (int block = 0; block < locations.length; block++) {
            int position = order.start(block);
            locations[block] = Arrays.stream(order.block(block).parameters())
                    .map(parameter -> location(parameter, position))
                    .toArray();
        }
        return locations;
    }

    private Interval partAt(int virtualRegister, int position) {
        Interval[] candidates = parts[virtualRegister];
        if (candidates == NOT_SPLIT) {
            Interval whole = intervals[virtualRegister];
            if (whole == null) {
                throw new IllegalArgumentException("Virtual register " + virtualRegister + " is never defined");
            }
            return whole;
        }
        int low = 0;
        int high = candidates.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (candidates[middle].start() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return candidates[low];
    }

    private int location(int register, int position) {
        return register < Location.FIRST_VIRTUAL ? register : location(partAt(register, position));
    }

    private int location(Interval part) {
        return part.isSpilled() ? slots.locationOf(part.virtualRegister) : part.location;
    }

    /** Within a block, where one part ends and the next one starts. A value already in its slot need not go there. */
    private void connectParts() {
        for (Interval[] split : parts) {
            for (int i = 1; i < split.length; i++) {
                Interval part = split[i];
                if (!part.isSpilled() && !order.isBlockStart(part.start())) {
                    moves.add(part.start() >> 1, ParallelMoves.BETWEEN, location(split[i - 1]), location(part));
                }
            }
        }
    }

    private void connectBlocks() {
        for (Interval[] split : parts) {
            if (split == NOT_SPLIT) {
                continue;
            }
            Ranges ranges = split[0].ranges;
            for (int range = 0; range < ranges.count(); range++) {
                int block = order.blockAt(ranges.start(range));
                if (range == 0 || order.start(block) < ranges.start(range)) {
                    block++;
                }
                for (; block < order.blockCount() && order.start(block) < ranges.end(range); block++) {
                    connectPredecessors(split[0].virtualRegister, block);
                }
            }
        }
    }

    private void connectPredecessors(int virtualRegister, int block) {
        Interval part = partAt(virtualRegister, order.start(block));
        if (part.isSpilled()) {
            return;
        }
        for (int predecessor : order.predecessors(block)) {
            Interval before = partAt(virtualRegister, order.end(predecessor) - 1);
            addOnEdge(predecessor, block, location(before), location(part));
        }
    }

    private void addOnEdge(int source, int target, int from, int to) {
        if (order.block(source).successors().length == 1) {
            moves.add(order.lastInstruction(source), ParallelMoves.BLOCK_END, from, to);
        } else {
            moves.add(order.firstInstruction(target), ParallelMoves.BLOCK_START, from, to);
        }
    }

    private void passArguments() {
        for (int block = 0; block < order.blockCount(); block++) {
            int[] arguments = order.block(block).arguments();
            if (arguments.length == 0) {
                continue;
            }
            int successor = order.block(block).successors()[0];
            int[] parameters = order.block(successor).parameters();
            for (int i = 0; i < arguments.length; i++) {
                int from = location(arguments[i], order.end(block) - 1);
                addOnEdge(block, successor, from, location(parameters[i], order.start(successor)));
            }
        }
    }

    private void storeSpilled() {
        int[] nextModification = new int[intervals.length];
        Arrays.fill(nextModification, Interval.NEVER);
        for (int block = 0; block < order.blockCount(); block++) {
            for (int i = order.lastInstruction(block); i >= order.firstInstruction(block); i--) {
                Instruction instruction = order.instruction(i);
                for (int operand = 0; operand < instruction.operandCount(); operand++) {
                    int register = instruction.register(operand);
                    if (register >= Location.FIRST_VIRTUAL
                            && instruction.role(operand).writes()) {
                        store(register, 2 * i + 1, nextModification[register]);
                        nextModification[register] = instruction.role(operand) == Role.MODIFY ? 2 * i : Interval.NEVER;
                    }
                }
            }
            for (int parameter : order.block(block).parameters()) {
                store(parameter, order.start(block), nextModification[parameter]);
            }
        }
    }

    /** Nobody needs it in the slot if it stays in its register until it is modified. */
    private void store(int register, int position, int nextModification) {
        if (!slots.hasSlot(register)) {
            return;
        }
        Interval part = partAt(register, position);
        if (!part.isSpilled() && nextModification >= part.end()) {
            moves.add((position + 1) >> 1, ParallelMoves.BETWEEN, part.location, slots.locationOf(register));
        }
    }
}

package dev.mayfly.compiler.regalloc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When each virtual register is alive, found by going from each of its uses back to its definition: the work is in
 * proportion to the result, whatever the order of the blocks (Boissinot et al., "Computing Liveness Sets for SSA-Form
 * Programs", 2011).
 */
final class LiveIntervals {

    private static final int UNDEFINED = -1;

    private final CodeOrder order;
    private final @Nullable Interval[] intervals;
    private final int[] definition;
    private final boolean[] definedInRegister;
    private final int[] hints;
    private final int[] firstUse;
    private int[] uses = new int[0];

    /** The end of what each use keeps alive, in step with the uses. */
    private int[] useEnds = new int[0];

    private final int[] reached;
    private final IntList pending = new IntList();

    /** The blocks that close loops around which the current register stays alive. */
    private final IntList loopEnds = new IntList();

    private final IntList starts = new IntList();
    private final IntList ends = new IntList();

    private LiveIntervals(Function function, CodeOrder order) {
        this.order = order;
        int limit = function.registerLimit();
        intervals = new Interval[limit];
        definition = new int[limit];
        Arrays.fill(definition, UNDEFINED);
        definedInRegister = new boolean[limit];
        hints = new int[limit];
        Arrays.fill(hints, Location.NONE);
        firstUse = new int[limit + 2];
        reached = new int[order.blockCount()];
    }

    /** The interval of each virtual register, by its number; null for one that is never defined. */
    static @Nullable Interval[] of(Function function, CodeOrder order) {
        LiveIntervals live = new LiveIntervals(function, order);
        live.collect();
        for (int register = Location.FIRST_VIRTUAL; register < live.intervals.length; register++) {
            if (live.definition[register] != UNDEFINED) {
                live.build(register);
            }
        }
        return live.intervals;
    }

    private void collect() {
        countUses();
        uses = new int[firstUse[firstUse.length - 1]];
        useEnds = new int[uses.length];
        for (int block = 0; block < order.blockCount(); block++) {
            for (int parameter : order.block(block).parameters()) {
                definition[parameter] = order.start(block);
            }
            for (int i = order.firstInstruction(block); i <= order.lastInstruction(block); i++) {
                collect(i, order.instruction(i));
            }
            collectArguments(block);
        }
    }

    /**
     * Makes room: afterwards {@code firstUse[r + 1]} is where the uses of r begin. It moves on as they are added, so that
     * in the end they lie from {@code firstUse[r]} to {@code firstUse[r + 1]}.
     */
    private void countUses() {
        for (int block = 0; block < order.blockCount(); block++) {
            for (Instruction instruction : order.block(block).instructions()) {
                for (int operand = 0; operand < instruction.operandCount(); operand++) {
                    int register = instruction.register(operand);
                    Role role = instruction.role(operand);
                    if (register >= Location.FIRST_VIRTUAL) {
                        firstUse[register + 2] += (role.reads() ? 1 : 0) + (role.occupiesAllOfInstruction() ? 1 : 0);
                    }
                }
            }
            for (int argument : order.block(block).arguments()) {
                firstUse[argument + 2]++;
            }
        }
        for (int register = 1; register < firstUse.length; register++) {
            firstUse[register] += firstUse[register - 1];
        }
    }

    private void collect(int index, Instruction instruction) {
        for (int operand = 0; operand < instruction.operandCount(); operand++) {
            int register = instruction.register(operand);
            if (register < Location.FIRST_VIRTUAL) {
                continue;
            }
            Role role = instruction.role(operand);
            if (role.reads()) {
                addUse(register, 2 * index, role.needsRegister(), 2 * index + 1);
            }
            if (role.occupiesAllOfInstruction()) {
                addUse(register, 2 * index + 1, true, 2 * index + 2);
            }
            if (role.defines()) {
                if (definition[register] != UNDEFINED) {
                    throw new IllegalArgumentException("Virtual register " + register + " is defined twice");
                }
                definition[register] = role == Role.DEFINE_EARLY ? 2 * index : 2 * index + 1;
                definedInRegister[register] = role.needsRegister();
            }
        }
        if (instruction.isMove()) {
            addHint(instruction.register(0), instruction.register(1));
        }
    }

    private void collectArguments(int block) {
        int[] arguments = order.block(block).arguments();
        if (arguments.length == 0) {
            return;
        }
        int[] parameters = order.block(order.block(block).successors()[0]).parameters();
        for (int i = 0; i < arguments.length; i++) {
            addUse(arguments[i], 2 * order.lastInstruction(block), false, order.end(block));
            addHint(parameters[i], arguments[i]);
        }
    }

    private void addUse(int register, int position, boolean inRegister, int end) {
        int index = firstUse[register + 1]++;
        uses[index] = position << 1 | (inRegister ? 1 : 0);
        useEnds[index] = end;
    }

    /** A physical register is the better hint: it is certain. */
    private void addHint(int first, int second) {
        if (first >= Location.FIRST_VIRTUAL && (hints[first] == Location.NONE || second < Location.FIRST_VIRTUAL)) {
            hints[first] = second;
        }
        if (second >= Location.FIRST_VIRTUAL && (hints[second] == Location.NONE || first < Location.FIRST_VIRTUAL)) {
            hints[second] = first;
        }
    }

    private void build(int register) {
        int from = firstUse[register];
        int to = firstUse[register + 1];
        starts.clear();
        ends.clear();
        loopEnds.clear();
        int start = definition[register];
        // A block's parameter leaves its register to what the first instruction writes; a temporary does not.
        addRange(start, definedInRegister[register] ? (start | 1) + 1 : start + 1);
        for (int use = from; use < to; use++) {
            liveUntil(register, order.blockAt(uses[use] >> 1), useEnds[use]);
        }
        while (pending.size() > 0) {
            int block = pending.removeLast();
            liveUntil(register, block, order.end(block));
        }
        int[] positions = Arrays.copyOfRange(uses, from, to);
        Arrays.sort(positions);
        Interval interval =
                new Interval(register, Ranges.of(starts, ends), withLoops(positions), definedInRegister[register]);
        interval.hint = hints[register];
        intervals[register] = interval;
    }

    private void liveUntil(int register, int block, int end) {
        int start = definition[register];
        if (order.blockAt(start) == block) {
            addRange(start, end);
            return;
        }
        addRange(order.start(block), end);
        if (block == 0) {
            throw new IllegalArgumentException("Virtual register " + register + " is read where it is not defined");
        }
        for (int predecessor : order.predecessors(block)) {
            if (reached[predecessor] != register) {
                reached[predecessor] = register;
                pending.add(predecessor);
            }
            if (predecessor >= block) {
                loopEnds.add(predecessor);
            }
        }
    }

    /** What is used in a loop that it stays alive around is needed again at the loop's end. */
    private int[] withLoops(int[] own) {
        if (loopEnds.size() == 0) {
            return own;
        }
        IntList all = new IntList();
        for (int use : own) {
            all.add(use);
        }
        for (int i = 0; i < loopEnds.size(); i++) {
            int end = loopEnds.get(i);
            int header = Arrays.stream(order.block(end).successors()).min().orElse(end);
            int first = Arrays.binarySearch(own, order.start(header) << 1);
            first = first < 0 ? -first - 1 : first;
            if (first < own.length && own[first] >> 1 < order.end(end)) {
                all.add(order.lastInstruction(end) << 2);
            }
        }
        int[] sorted = all.toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private void addRange(int start, int end) {
        starts.add(start);
        ends.add(end);
    }
}

package dev.mayfly.compiler.regalloc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an allocated function symbolically, along all of its paths at once: it knows which virtual register's value, or
 * which physical register's own, each location holds, and complains when an instruction finds something else than it
 * asks for.
 */
public final class AllocationChecker {

    private final CodeOrder order;
    private final Function function;
    private final RegisterFile file;
    private final Allocation allocation;
    private final Map<Integer, List<Move>> moves = new HashMap<>();

    private AllocationChecker(Function function, RegisterFile file, Allocation allocation) {
        this.order = new CodeOrder(function);
        this.function = function;
        this.file = file;
        this.allocation = allocation;
        allocation.moves().forEach(move -> moves.computeIfAbsent(move.instruction(), i -> new ArrayList<>())
                .add(move));
    }

    /**
     * Checks an allocation.
     *
     * @throws AssertionError if an instruction would read a wrong value
     */
    public static void check(Function function, RegisterFile file, Allocation allocation) {
        new AllocationChecker(function, file, allocation).run();
    }

    private void run() {
        List<@Nullable Map<Integer, Integer>> atStart = new ArrayList<>();
        for (int block = 0; block < order.blockCount(); block++) {
            atStart.add(null);
        }
        Map<Integer, Integer> initial = new HashMap<>();
        for (int register = 0; register < Location.FIRST_VIRTUAL; register++) {
            initial.put(register, register);
        }
        atStart.set(0, initial);
        Deque<Integer> pending = new ArrayDeque<>(List.of(0));
        while (!pending.isEmpty()) {
            int block = pending.remove();
            Map<Integer, Integer> state = new HashMap<>(atStart.get(block));
            execute(block, state, false);
            for (int successor : order.block(block).successors()) {
                Map<Integer, Integer> entering = enter(block, successor, state, false);
                Map<Integer, Integer> known = atStart.get(successor);
                if (known == null || known.entrySet().retainAll(entering.entrySet())) {
                    atStart.set(successor, known == null ? entering : known);
                    pending.add(successor);
                }
            }
        }
        for (int block = 0; block < order.blockCount(); block++) {
            if (atStart.get(block) != null) {
                Map<Integer, Integer> state = new HashMap<>(atStart.get(block));
                execute(block, state, true);
                for (int successor : order.block(block).successors()) {
                    enter(block, successor, state, true);
                }
            }
        }
    }

    /** Arguments become parameters. */
    private Map<Integer, Integer> enter(int from, int to, Map<Integer, Integer> state, boolean check) {
        Map<Integer, Integer> entering = new HashMap<>(state);
        int[] parameters = order.block(to).parameters();
        for (int i = 0; i < parameters.length; i++) {
            int parameter = parameters[i];
            entering.values().removeIf(value -> value == parameter);
        }
        for (int i = 0; i < parameters.length; i++) {
            int location = allocation.parameterLocation(to, i);
            int argument = order.block(from).arguments()[i];
            expect(state, location, argument, check, "parameter " + i + " of block " + to);
            entering.put(location, parameters[i]);
        }
        return entering;
    }

    private void execute(int block, Map<Integer, Integer> state, boolean check) {
        for (int i = order.firstInstruction(block); i <= order.lastInstruction(block); i++) {
            for (Move move : moves.getOrDefault(i, List.of())) {
                put(state, move.to(), state.getOrDefault(move.from(), Location.NONE));
            }
            execute(i, order.instruction(i), state, check);
        }
    }

    private void execute(int index, Instruction instruction, Map<Integer, Integer> state, boolean check) {
        expectReads(index, state, check, Role.USE, Role.USE_ANYWHERE, Role.USE_LATE, Role.MODIFY);
        write(index, instruction, state, Role.DEFINE_EARLY);
        expectReads(index, state, check, Role.USE, Role.USE_ANYWHERE, Role.USE_LATE, Role.MODIFY);
        if (instruction.isCall()) {
            state.keySet().removeIf(location -> location >= 0 && file.isCallClobbered(location));
        }
        Map<Integer, Integer> late = new HashMap<>(state);
        write(index, instruction, late, Role.DEFINE);
        write(index, instruction, late, Role.DEFINE_ANYWHERE);
        expectReads(index, late, check, Role.USE_LATE, Role.MODIFY, Role.DEFINE_EARLY);
        write(index, instruction, state, Role.MODIFY);
        write(index, instruction, state, Role.DEFINE);
        write(index, instruction, state, Role.DEFINE_ANYWHERE);
    }

    private void expectReads(int index, Map<Integer, Integer> state, boolean check, Role... roles) {
        Instruction instruction = order.instruction(index);
        for (int operand = 0; operand < instruction.operandCount(); operand++) {
            if (List.of(roles).contains(instruction.role(operand))) {
                int location = allocation.location(index, operand);
                expect(state, location, instruction.register(operand), check, "instruction " + index);
                if (instruction.role(operand).needsRegister() && Location.isSlot(location)) {
                    throw new AssertionError("Instruction " + index + " needs operand " + operand + " in a register");
                }
            }
        }
    }

    private void write(int index, Instruction instruction, Map<Integer, Integer> state, Role role) {
        for (int operand = 0; operand < instruction.operandCount(); operand++) {
            if (instruction.role(operand) == role) {
                int register = instruction.register(operand);
                int location = allocation.location(index, operand);
                if (role.needsRegister() && (Location.isSlot(location) || !isOfClass(location, register))) {
                    throw new AssertionError("Instruction " + index + " needs operand " + operand + " in a register");
                }
                state.values().removeIf(value -> value == register);
                state.put(location, register);
            }
        }
    }

    private boolean isOfClass(int location, int register) {
        return register < Location.FIRST_VIRTUAL
                || file.allocatable(function.registerClass(register)).contains(location);
    }

    private static void put(Map<Integer, Integer> state, int location, int value) {
        if (value == Location.NONE) {
            state.remove(location);
        } else {
            state.put(location, value);
        }
    }

    private static void expect(Map<Integer, Integer> state, int location, int value, boolean check, String where) {
        int found = state.getOrDefault(location, Location.NONE);
        if (check && found != value) {
            throw new AssertionError("%s expects register %d in %s, but finds %s"
                    .formatted(where, value, TextFunction.name(location), found == Location.NONE ? "nothing" : found));
        }
    }
}

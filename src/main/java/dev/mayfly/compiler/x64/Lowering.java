package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses machine instructions for a function in SSA form, from its end to its start: what an instruction can do for
 * those that compute its operands, it does, and they are left out if nobody else asks for them.
 */
final class Lowering {

    private final Blocks blocks;
    private final Edges edges;
    private final Instructions instructions;
    private final MachineFunction machine = new MachineFunction();
    private final Selection selection;
    private final Operations operations;
    private final Comparisons comparisons;
    private final Calls calls;
    private final LoopDepths loopDepths;

    /** By SSA block, the number of its machine block. */
    private final int[] numbers;

    /** The edges that get a block of their own, by the number of that. */
    private final Map<Integer, Integer> splitEdges = new HashMap<>();

    private final List<int[]> layout = new ArrayList<>();

    private Lowering(Function function, CpuFeatures features) {
        blocks = function.blocks();
        edges = function.edges();
        instructions = function.instructions();
        selection = new Selection(function, machine, features);
        comparisons = new Comparisons(selection);
        calls = new Calls(selection);
        operations = new Operations(selection, comparisons, calls);
        loopDepths = new LoopDepths(function);
        numbers = new int[blocks.count()];
    }

    static MachineFunction lower(Function function, CpuFeatures features) {
        Lowering lowering = new Lowering(function, features);
        lowering.layOut();
        for (int i = lowering.layout.size() - 1; i >= 0; i--) {
            lowering.lower(i);
        }
        lowering.passParameters();
        return lowering.machine;
    }

    /** Numbers the blocks, giving edges blocks where moves could not be put at either end. */
    private void layOut() {
        for (int i = 0; i < blocks.ordered(); i++) {
            int block = blocks.inOrder(i);
            if (!loopDepths.isReachable(block)) {
                continue;
            }
            numbers[block] = layout.size();
            add(block, Blocks.NONE, loopDepths.of(block));
            Map<List<Integer>, Integer> sameEdges = new HashMap<>();
            for (int s = 0; s < blocks.successorCount(block); s++) {
                int edge = blocks.successor(block, s);
                if (blocks.successorCount(block) > 1 && needsBlock(edge)) {
                    int number = sameEdges.computeIfAbsent(meaning(edge), any -> layout.size());
                    splitEdges.put(edge, number);
                    if (number == layout.size()) {
                        add(block, edge, Math.min(loopDepths.of(block), loopDepths.of(edges.target(edge))));
                    }
                }
            }
        }
    }

    private void add(int block, int edge, int depth) {
        layout.add(new int[] {block, edge});
        machine.add(new MachineBlock(depth));
    }

    private boolean needsBlock(int edge) {
        return edges.argumentCount(edge) > 0 || blocks.predecessorCount(edges.target(edge)) > 1;
    }

    /** Edges from one block that lead to the same with the same arguments can share a block. */
    private List<Integer> meaning(int edge) {
        List<Integer> meaning = new ArrayList<>();
        meaning.add(edges.target(edge));
        for (int i = 0; i < edges.argumentCount(edge); i++) {
            meaning.add(edges.argument(edge, i));
        }
        return meaning;
    }

    private void lower(int number) {
        int block = layout.get(number)[0];
        int edge = layout.get(number)[1];
        MachineBlock machineBlock = machine.blocks().get(number);
        List<MachineInstruction> reversed = new ArrayList<>();
        if (edge != Blocks.NONE) {
            selection.begin(blocks.lastInstruction(block));
            jump(machineBlock, edge);
            append(reversed);
        } else {
            lowerBlock(block, machineBlock, reversed);
        }
        Collections.reverse(reversed);
        machineBlock.setInstructions(reversed);
    }

    private void append(List<MachineInstruction> reversed) {
        reversed.addAll(selection.end().reversed());
    }

    private void lowerBlock(int block, MachineBlock machineBlock, List<MachineInstruction> reversed) {
        int instruction = blocks.lastInstruction(block);
        selection.begin(instruction);
        terminate(block, machineBlock, instruction);
        append(reversed);
        instruction = instructions.previous(instruction);
        while (instruction != Instructions.NONE) {
            if (selection.isWanted(instruction)) {
                selection.begin(instruction);
                operations.lower(instruction);
                append(reversed);
            }
            instruction = instructions.previous(instruction);
        }
        if (block == Function.ENTRY) {
            selection.begin(blocks.firstInstruction(block));
            calls.takeArguments();
            append(reversed);
        }
    }

    private void terminate(int block, MachineBlock machineBlock, int instruction) {
        switch (instructions.opcode(instruction)) {
            case JUMP -> jump(machineBlock, blocks.successor(block, 0));
            case BRANCH -> {
                int then = target(blocks.successor(block, 0));
                int otherwise = target(blocks.successor(block, 1));
                machineBlock.setSuccessors(then, otherwise);
                Flags flags = comparisons.flags(instructions.argument(instruction, 0));
                selection.emit(new ControlFlow.Branch(flags, then, otherwise));
            }
            case SWITCH -> branchByTable(block, machineBlock, instruction);
            case RETURN -> calls.returnValues(instruction);
            case TRAP -> selection.emit(new ControlFlow.Trap(instructions.trapCode(instruction)));
            default -> throw new IllegalStateException("block " + block + " does not end");
        }
    }

    private void jump(MachineBlock machineBlock, int edge) {
        int target = numbers[edges.target(edge)];
        int[] arguments = new int[edges.argumentCount(edge)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = selection.use(edges.argument(edge, i));
        }
        machineBlock.setSuccessors(target);
        machineBlock.setArguments(arguments);
        selection.emit(new ControlFlow.Jump(target));
    }

    private int target(int edge) {
        Integer own = splitEdges.get(edge);
        return own == null ? numbers[edges.target(edge)] : own;
    }

    private void branchByTable(int block, MachineBlock machineBlock, int instruction) {
        int[] targets = new int[blocks.successorCount(block)];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = target(blocks.successor(block, i));
        }
        int[] successors = Arrays.stream(targets).distinct().sorted().toArray();
        machineBlock.setSuccessors(successors);
        if (successors.length == 1) {
            // What moves on the way there moves before the block's last instruction, which may write no register then.
            selection.emit(new ControlFlow.Jump(successors[0]));
            return;
        }
        int index = selection.use(instructions.argument(instruction, 0));
        selection.emit(
                new ControlFlow.Switch(index, selection.temporary(Type.I64), selection.temporary(Type.I64), targets));
    }

    private void passParameters() {
        for (int number = 0; number < layout.size(); number++) {
            int block = layout.get(number)[0];
            if (block == Function.ENTRY || layout.get(number)[1] != Blocks.NONE) {
                continue;
            }
            int[] parameters = new int[blocks.parameterCount(block)];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = selection.define(blocks.parameter(block, i));
            }
            machine.blocks().get(number).setParameters(parameters);
        }
    }
}

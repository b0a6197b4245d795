package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Values;

/**
 * Removes instructions and block parameters that nothing with an effect depends on. Starting from what has an effect, it
 * marks what is needed, so that values which only need each other around a loop go too.
 */
final class DeadCode implements Pass {

    @Override
    public void run(Function function) {
        new Run(function).run();
    }

    private static final class Run {

        private final Function function;
        private final Blocks blocks;
        private final Edges edges;
        private final Instructions instructions;
        private final Values values;
        private final boolean[] needed;
        private final int[] place;
        private final int[] worklist;
        private int waiting;

        Run(Function function) {
            this.function = function;
            this.blocks = function.blocks();
            this.edges = function.edges();
            this.instructions = function.instructions();
            this.values = function.values();
            this.needed = new boolean[values.count()];
            this.place = new int[values.count()];
            this.worklist = new int[values.count()];
        }

        void run() {
            for (int i = 0; i < blocks.ordered(); i++) {
                markEffects(blocks.inOrder(i));
            }
            while (waiting > 0) {
                markWhatIsNeededFor(worklist[--waiting]);
            }
            for (int i = 0; i < blocks.ordered(); i++) {
                sweepInstructions(blocks.inOrder(i));
                // The entry's parameters are the function's.
                if (i > 0) {
                    sweepParameters(blocks.inOrder(i));
                }
            }
        }

        private void markEffects(int block) {
            for (int i = 0; i < blocks.parameterCount(block); i++) {
                place[blocks.parameter(block, i)] = i;
            }
            for (int i = blocks.firstInstruction(block); i != Instructions.NONE; i = instructions.next(i)) {
                if (!instructions.opcode(i).isRemovable()) {
                    markArguments(i);
                }
            }
        }

        private void markArguments(int instruction) {
            for (int i = 0; i < instructions.argumentCount(instruction); i++) {
                mark(instructions.argument(instruction, i));
            }
        }

        private void mark(int value) {
            if (!needed[value]) {
                needed[value] = true;
                worklist[waiting++] = value;
            }
        }

        private void markWhatIsNeededFor(int value) {
            if (!values.isParameter(value)) {
                markArguments(values.instruction(value));
                return;
            }
            int block = values.parameterBlock(value);
            for (int i = 0; i < blocks.predecessorCount(block); i++) {
                mark(edges.argument(blocks.predecessor(block, i), place[value]));
            }
        }

        private void sweepInstructions(int block) {
            int instruction = blocks.firstInstruction(block);
            while (instruction != Instructions.NONE) {
                int next = instructions.next(instruction);
                if (instructions.opcode(instruction).isRemovable() && !isNeeded(instruction)) {
                    function.remove(instruction);
                }
                instruction = next;
            }
        }

        private boolean isNeeded(int instruction) {
            for (int i = 0; i < instructions.resultCount(instruction); i++) {
                if (needed[instructions.result(instruction, i)]) {
                    return true;
                }
            }
            return false;
        }

        private void sweepParameters(int block) {
            int count = blocks.parameterCount(block);
            boolean[] dead = new boolean[count];
            boolean any = false;
            for (int i = 0; i < count; i++) {
                dead[i] = !needed[blocks.parameter(block, i)];
                any |= dead[i];
            }
            if (any) {
                function.removeParameters(block, dead);
            }
        }
    }
}

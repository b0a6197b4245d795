package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.DominatorTree;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Values;
import java.util.Arrays;

/**
 * Removes an instruction if an equal one dominates it: same operation, same arguments, nothing that memory has a part in.
 * That holds for traps too: where a trap of a condition was passed, it is passed again. Blocks are visited in reverse
 * postorder, so most arguments have been made equal before they are compared.
 */
final class CommonSubexpressions implements Pass {

    @Override
    public void run(Function function) {
        new Run(function).run();
    }

    private static final class Run {

        private static final int EMPTY = -1;

        private final Function function;
        private final Instructions instructions;
        private final Values values;
        private final DominatorTree dominators;
        private final Substitution substitution;

        // A hash table with open addressing: one instruction of each kind.
        private int[] table = new int[256];
        private int size;

        Run(Function function) {
            this.function = function;
            this.instructions = function.instructions();
            this.values = function.values();
            this.dominators = new DominatorTree(function);
            this.substitution = new Substitution(function);
            Arrays.fill(table, EMPTY);
        }

        void run() {
            Blocks blocks = function.blocks();
            for (int block : dominators.reversePostorder()) {
                int instruction = blocks.firstInstruction(block);
                while (instruction != Instructions.NONE) {
                    int next = instructions.next(instruction);
                    substitution.applyToArguments(instructions, instruction);
                    if (instructions.opcode(instruction).isMergeable()) {
                        visit(instruction);
                    }
                    instruction = next;
                }
            }
            substitution.apply(function);
        }

        private void visit(int instruction) {
            int slot = slot(instruction);
            int known = table[slot];
            if (known == EMPTY) {
                table[slot] = instruction;
                growIfFull(++size);
            } else if (dominators.dominates(instructions.block(known), instructions.block(instruction))) {
                if (instructions.resultCount(instruction) > 0) {
                    substitution.replace(instructions.result(instruction), instructions.result(known));
                }
                function.remove(instruction);
            } else {
                // What comes is more likely to be dominated by this one.
                table[slot] = instruction;
            }
        }

        /** Where an equal instruction is in the table, or this one would be put. */
        private int slot(int instruction) {
            int mask = table.length - 1;
            int slot = hash(instruction) & mask;
            while (table[slot] != EMPTY && !areEqual(table[slot], instruction)) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private int hash(int instruction) {
            Opcode opcode = instructions.opcode(instruction);
            int hash = opcode.ordinal() * 31 + instructions.auxiliary(instruction);
            hash = hash * 31 + Long.hashCode(instructions.immediate(instruction));
            for (int i = 0; i < instructions.argumentCount(instruction); i++) {
                hash = hash * 31 + instructions.argument(instruction, i);
            }
            hash *= 0x9E37_79B9;
            return hash ^ hash >>> 16;
        }

        private boolean areEqual(int one, int other) {
            if (instructions.opcode(one) != instructions.opcode(other)
                    || instructions.immediate(one) != instructions.immediate(other)
                    || instructions.auxiliary(one) != instructions.auxiliary(other)
                    || instructions.argumentCount(one) != instructions.argumentCount(other)) {
                return false;
            }
            for (int i = 0; i < instructions.argumentCount(one); i++) {
                if (instructions.argument(one, i) != instructions.argument(other, i)) {
                    return false;
                }
            }
            return instructions.resultCount(one) == 0
                    || values.type(instructions.result(one)) == values.type(instructions.result(other));
        }

        private void growIfFull(int used) {
            if (used * 2 < table.length) {
                return;
            }
            int[] old = table;
            table = new int[old.length * 2];
            Arrays.fill(table, EMPTY);
            for (int instruction : old) {
                if (instruction != EMPTY) {
                    table[slot(instruction)] = instruction;
                }
            }
        }
    }
}

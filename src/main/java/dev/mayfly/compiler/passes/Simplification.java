package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.ReversePostorder;
import dev.mayfly.compiler.ssa.Values;

/**
 * Computes what depends on constants only, and replaces operations by cheaper ones or by values that are there already.
 * Branches on constants become jumps, traps on constants go or end their block. Blocks are visited in reverse postorder, so
 * that what an instruction depends on has mostly been simplified before.
 */
final class Simplification implements Pass {

    @Override
    public void run(Function function) {
        Substitution substitution = new Substitution(function);
        Algebra algebra = new Algebra(function);
        Branches branches = new Branches(function);
        Instructions instructions = function.instructions();
        Blocks blocks = function.blocks();
        for (int block : ReversePostorder.of(function)) {
            int instruction = blocks.firstInstruction(block);
            while (instruction != Instructions.NONE) {
                substitution.applyToArguments(instructions, instruction);
                int next = instructions.next(instruction);
                if (instructions.resultCount(instruction) == 1) {
                    int same = algebra.simplify(instruction);
                    if (same != Values.NONE) {
                        substitution.replace(instructions.result(instruction), same);
                        function.remove(instruction);
                    }
                } else if (branches.simplify(instruction)) {
                    break;
                }
                instruction = next;
            }
        }
        substitution.apply(function);
    }
}

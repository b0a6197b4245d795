package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;

/** Simplifies branches and conditional traps whose condition is a constant or a comparison with zero. */
final class Branches {

    private final Function function;
    private final Instructions instructions;
    private final Operand operand;

    Branches(Function function) {
        this.function = function;
        this.instructions = function.instructions();
        this.operand = new Operand(function);
    }

    /** Simplifies an instruction if it can, and says whether it now ends its block though it did not before. */
    boolean simplify(int instruction) {
        switch (instructions.opcode(instruction)) {
            case TRAP_IF -> {
                dropComparisonWithZero(instruction);
                return simplifyTrap(instruction);
            }
            case BRANCH -> {
                dropComparisonWithZero(instruction);
                simplifyBranch(instruction);
            }
            case SWITCH -> simplifySwitch(instruction);
            default -> {}
        }
        return false;
    }

    /** That something is not zero is what a condition asks anyway. */
    private void dropComparisonWithZero(int instruction) {
        int condition = instructions.argument(instruction, 0);
        int compared = operand.comparedWithZero(condition);
        if (compared >= 0) {
            instructions.setArgument(instruction, 0, compared);
        }
    }

    private boolean simplifyTrap(int instruction) {
        int condition = instructions.argument(instruction, 0);
        if (!operand.isConstant(condition)) {
            return false;
        }
        if (operand.constant(condition) == 0) {
            function.remove(instruction);
            return false;
        }
        int block = instructions.block(instruction);
        int behind = instructions.next(instruction);
        while (behind != Instructions.NONE) {
            int next = instructions.next(behind);
            function.remove(behind);
            behind = next;
        }
        keepEdge(block, -1);
        instructions.rewrite(instruction, Opcode.TRAP, 0, instructions.auxiliary(instruction));
        return true;
    }

    private void simplifyBranch(int instruction) {
        int condition = instructions.argument(instruction, 0);
        if (operand.isConstant(condition)) {
            goTo(instruction, operand.constant(condition) != 0 ? 0 : 1);
        }
    }

    private void simplifySwitch(int instruction) {
        int index = instructions.argument(instruction, 0);
        if (operand.isConstant(index)) {
            int last = function.blocks().successorCount(instructions.block(instruction)) - 1;
            long chosen = operand.constant(index) & 0xFFFF_FFFFL;
            goTo(instruction, (int) Math.min(chosen, last));
        }
    }

    private void goTo(int instruction, int successor) {
        int block = instructions.block(instruction);
        keepEdge(block, function.blocks().successor(block, successor));
        instructions.rewrite(instruction, Opcode.JUMP, 0, 0);
    }

    /** Removes all edges that leave a block but one. */
    private void keepEdge(int block, int kept) {
        Blocks blocks = function.blocks();
        for (int i = blocks.successorCount(block) - 1; i >= 0; i--) {
            int edge = blocks.successor(block, i);
            if (edge != kept) {
                function.removeEdge(edge);
            }
        }
    }
}

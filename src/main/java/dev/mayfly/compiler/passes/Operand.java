package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Values;

/** What is known of a value from the instruction that it stems from. */
final class Operand {

    private final Values values;
    private final Instructions instructions;

    Operand(Function function) {
        this.values = function.values();
        this.instructions = function.instructions();
    }

    boolean isConstant(int value) {
        return comesFrom(value, Opcode.CONST);
    }

    /** The bits of a value that is a constant. */
    long constant(int value) {
        return instructions.immediate(values.instruction(value));
    }

    boolean isConstant(int value, long bits) {
        return isConstant(value) && constant(value) == bits;
    }

    boolean comesFrom(int value, Opcode opcode) {
        int instruction = values.instruction(value);
        return instruction != Instructions.NONE && instructions.opcode(instruction) == opcode;
    }

    /** An argument of the instruction that a value, not a parameter, stems from. */
    int argument(int value, int index) {
        return instructions.argument(values.instruction(value), index);
    }

    /** If a value says of an i32 whether it is not zero, that one; else none. */
    int comparedWithZero(int value) {
        if (comesFrom(value, Opcode.ICMP)
                && instructions.intCondition(values.instruction(value)) == IntCondition.NE
                && isConstant(argument(value, 1), 0)
                && values.type(argument(value, 0)) == Type.I32) {
            return argument(value, 0);
        }
        return Values.NONE;
    }
}

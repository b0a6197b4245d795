package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Constants;
import dev.mayfly.compiler.ssa.FloatCondition;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Values;
import java.util.OptionalLong;

/**
 * Simplifies one instruction at a time by rules of arithmetic. Only integers: of floats hardly any rule holds for every
 * value, and programs that care have been optimized where they came from.
 */
final class Algebra {

    private final Function function;
    private final Values values;
    private final Instructions instructions;
    private final Operand operand;

    Algebra(Function function) {
        this.function = function;
        this.values = function.values();
        this.instructions = function.instructions();
        this.operand = new Operand(function);
    }

    /** Simplifies an instruction with one result in its place, or says the value that is the same; else none. */
    int simplify(int instruction) {
        Opcode opcode = instructions.opcode(instruction);
        switch (opcode) {
            case ICMP -> compare(instruction);
            case SELECT -> {
                return select(instruction);
            }
            case BITCAST, WRAP -> {
                return convert(instruction);
            }
            default -> {
                int arguments = instructions.argumentCount(instruction);
                if (arguments == 1) {
                    foldUnary(instruction);
                } else if (arguments == 2 && type(instruction).isInteger()) {
                    return binary(instruction);
                }
            }
        }
        return Values.NONE;
    }

    private int binary(int instruction) {
        constantToTheRight(instruction);
        int right = instructions.argument(instruction, 1);
        if (!operand.isConstant(right)) {
            return withItself(instruction);
        }
        int left = instructions.argument(instruction, 0);
        if (operand.isConstant(left)) {
            OptionalLong result = ConstantFolding.binary(
                    instructions.opcode(instruction),
                    type(instruction),
                    operand.constant(left),
                    operand.constant(right));
            result.ifPresent(bits -> becomeConstant(instruction, bits));
            return Values.NONE;
        }
        reassociate(instruction);
        return withConstant(instruction);
    }

    private void constantToTheRight(int instruction) {
        int left = instructions.argument(instruction, 0);
        int right = instructions.argument(instruction, 1);
        if (instructions.opcode(instruction).isCommutative()
                && operand.isConstant(left)
                && !operand.isConstant(right)) {
            instructions.setArgument(instruction, 0, right);
            instructions.setArgument(instruction, 1, left);
        }
    }

    /** Operations of a value with itself. */
    private int withItself(int instruction) {
        int left = instructions.argument(instruction, 0);
        if (left != instructions.argument(instruction, 1)) {
            return Values.NONE;
        }
        return switch (instructions.opcode(instruction)) {
            case AND, OR -> left;
            case SUB, XOR -> {
                becomeConstant(instruction, 0);
                yield Values.NONE;
            }
            default -> Values.NONE;
        };
    }

    /** Subtracting becomes adding; one constant behind another becomes one constant. */
    private void reassociate(int instruction) {
        Opcode opcode = instructions.opcode(instruction);
        int left = instructions.argument(instruction, 0);
        long constant = operand.constant(instructions.argument(instruction, 1));
        if (opcode == Opcode.SUB) {
            opcode = Opcode.ADD;
            become(instruction, Opcode.ADD, left, constantBefore(instruction, -constant));
        }
        boolean associative =
                switch (opcode) {
                    case ADD, AND, OR, XOR -> true;
                    default -> false;
                };
        if (associative && operand.comesFrom(left, opcode) && operand.isConstant(operand.argument(left, 1))) {
            long inner = operand.constant(operand.argument(left, 1));
            long outer = operand.constant(instructions.argument(instruction, 1));
            long both = ConstantFolding.binary(opcode, type(instruction), inner, outer)
                    .orElseThrow();
            become(instruction, opcode, operand.argument(left, 0), constantBefore(instruction, both));
        }
    }

    private int withConstant(int instruction) {
        int left = instructions.argument(instruction, 0);
        long constant = operand.constant(instructions.argument(instruction, 1));
        return switch (instructions.opcode(instruction)) {
            case ADD, XOR -> constant == 0 ? left : Values.NONE;
            case OR -> constant == 0 ? left : absorb(instruction, constant == -1, -1);
            case AND -> constant == -1 ? left : absorb(instruction, constant == 0, 0);
            case SHL, SHR_S, SHR_U, ROTL, ROTR -> (constant & (type(instruction).bits() - 1)) == 0 ? left : Values.NONE;
            case MUL, DIV_S, DIV_U, REM_U -> scale(instruction, constant);
            default -> Values.NONE;
        };
    }

    private int absorb(int instruction, boolean absorbs, long result) {
        if (absorbs) {
            becomeConstant(instruction, result);
        }
        return Values.NONE;
    }

    /** Powers of two are shifted or masked. */
    private int scale(int instruction, long constant) {
        Opcode opcode = instructions.opcode(instruction);
        int left = instructions.argument(instruction, 0);
        Type type = type(instruction);
        long unsigned = type == Type.I32 ? constant & 0xFFFF_FFFFL : constant;
        boolean power = Long.bitCount(unsigned) == 1;
        int shift = Long.numberOfTrailingZeros(unsigned);
        if (opcode == Opcode.MUL && constant == 0) {
            becomeConstant(instruction, 0);
        } else if (opcode == Opcode.REM_U && power) {
            become(instruction, Opcode.AND, left, constantBefore(instruction, unsigned - 1));
        } else if (constant == 1) {
            return left;
        } else if (power && opcode == Opcode.MUL) {
            become(instruction, Opcode.SHL, left, constantBefore(instruction, shift));
        } else if (power && opcode == Opcode.DIV_U) {
            become(instruction, Opcode.SHR_U, left, constantBefore(instruction, shift));
        }
        return Values.NONE;
    }

    private void compare(int instruction) {
        int left = instructions.argument(instruction, 0);
        int right = instructions.argument(instruction, 1);
        IntCondition condition = instructions.intCondition(instruction);
        if (left == right) {
            becomeConstant(instruction, ConstantFolding.compare(condition, 0, 0));
        } else if (operand.isConstant(left) && operand.isConstant(right)) {
            becomeConstant(
                    instruction, ConstantFolding.compare(condition, operand.constant(left), operand.constant(right)));
        } else if (operand.isConstant(left)) {
            instructions.rewrite(
                    instruction, Opcode.ICMP, 0, condition.swapped().ordinal(), right, left);
            compareWithConstant(instruction);
        } else if (operand.isConstant(right)) {
            compareWithConstant(instruction);
        }
    }

    private void compareWithConstant(int instruction) {
        int left = instructions.argument(instruction, 0);
        IntCondition condition = instructions.intCondition(instruction);
        long constant = operand.constant(instructions.argument(instruction, 1));
        if (constant == 0 && condition == IntCondition.EQ) {
            negate(instruction, left);
        } else if (constant == 0 && condition == IntCondition.NE) {
            repeat(instruction, left);
        } else if (constant == 0 && condition == IntCondition.LT_U) {
            becomeConstant(instruction, 0);
        } else if (constant == 0 && condition == IntCondition.GE_U) {
            becomeConstant(instruction, 1);
        }
    }

    /** That a comparison does not hold is another comparison, if there is one. */
    private void negate(int instruction, int compared) {
        int comparison = values.instruction(compared);
        if (operand.comesFrom(compared, Opcode.ICMP)) {
            copyComparison(
                    instruction,
                    comparison,
                    instructions.intCondition(comparison).negated().ordinal());
        } else if (operand.comesFrom(compared, Opcode.FCMP)) {
            FloatCondition condition = instructions.floatCondition(comparison);
            if (condition == FloatCondition.EQ || condition == FloatCondition.NE) {
                FloatCondition negated = condition == FloatCondition.EQ ? FloatCondition.NE : FloatCondition.EQ;
                copyComparison(instruction, comparison, negated.ordinal());
            }
        }
    }

    /** That a comparison holds is the comparison. */
    private void repeat(int instruction, int compared) {
        if (operand.comesFrom(compared, Opcode.ICMP) || operand.comesFrom(compared, Opcode.FCMP)) {
            int comparison = values.instruction(compared);
            copyComparison(instruction, comparison, instructions.auxiliary(comparison));
        }
    }

    private void copyComparison(int instruction, int comparison, int condition) {
        instructions.rewrite(
                instruction,
                instructions.opcode(comparison),
                0,
                condition,
                instructions.argument(comparison, 0),
                instructions.argument(comparison, 1));
    }

    private int select(int instruction) {
        int condition = instructions.argument(instruction, 0);
        int then = instructions.argument(instruction, 1);
        int otherwise = instructions.argument(instruction, 2);
        if (then == otherwise) {
            return then;
        }
        if (operand.isConstant(condition)) {
            return operand.constant(condition) != 0 ? then : otherwise;
        }
        int compared = operand.comparedWithZero(condition);
        if (compared != Values.NONE) {
            instructions.setArgument(instruction, 0, compared);
        }
        return Values.NONE;
    }

    /** A conversion back to the type that another came from. */
    private int convert(int instruction) {
        int argument = instructions.argument(instruction, 0);
        boolean wrap = instructions.opcode(instruction) == Opcode.WRAP;
        boolean back = wrap
                ? operand.comesFrom(argument, Opcode.EXTEND_S) || operand.comesFrom(argument, Opcode.EXTEND_U)
                : operand.comesFrom(argument, Opcode.BITCAST)
                        && values.type(operand.argument(argument, 0)) == type(instruction);
        if (back) {
            return operand.argument(argument, 0);
        }
        foldUnary(instruction);
        return Values.NONE;
    }

    private void foldUnary(int instruction) {
        int argument = instructions.argument(instruction, 0);
        if (operand.isConstant(argument)) {
            ConstantFolding.unary(
                            instructions.opcode(instruction),
                            values.type(argument),
                            type(instruction),
                            operand.constant(argument))
                    .ifPresent(bits -> becomeConstant(instruction, bits));
        }
    }

    private Type type(int instruction) {
        return values.type(instructions.result(instruction));
    }

    private void becomeConstant(int instruction, long bits) {
        instructions.rewrite(instruction, Opcode.CONST, Constants.canonical(type(instruction), bits), 0);
    }

    private void become(int instruction, Opcode opcode, int left, int right) {
        instructions.rewrite(instruction, opcode, 0, 0, left, right);
    }

    /** A new constant of the instruction's type before it. */
    private int constantBefore(int instruction, long bits) {
        Type type = type(instruction);
        int constant = function.createInstruction(
                Opcode.CONST, Constants.canonical(type, bits), 0, instructions.position(instruction));
        function.insertBefore(instruction, constant);
        return function.addResult(constant, type);
    }
}

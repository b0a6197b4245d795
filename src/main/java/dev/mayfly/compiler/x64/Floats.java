package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Type;

/** Lowers the operations on floating-point numbers, and conversions to and from them. */
final class Floats {

    private static final int ROUND_NEAREST = 8;
    private static final int ROUND_DOWN = 9;
    private static final int ROUND_UP = 10;
    private static final int ROUND_TO_ZERO = 11;

    private final Selection selection;
    private final Instructions instructions;

    Floats(Selection selection) {
        this.selection = selection;
        this.instructions = selection.instructions();
    }

    void operate(int instruction, Op single, Op dual, boolean commutative) {
        int left = instructions.argument(instruction, 0);
        int right = instructions.argument(instruction, 1);
        if (commutative && isInMemory(left) && !isInMemory(right)) {
            int swapped = left;
            left = right;
            right = swapped;
        }
        int size = size(instruction);
        Op op = size == 8 ? dual : single;
        int result = result(instruction);
        int load = selection.foldableLoad(right);
        if (selection.isConstant(right) && selection.constant(right) != 0) {
            selection.copy(result, left);
            selection.emit(Operation.withConstant(op, size, result, selection.constant(right)));
        } else if (load == Instructions.NONE) {
            int register = selection.use(right);
            selection.copy(result, left);
            selection.emit(Operation.of(op, size, result, register));
        } else {
            Address address = selection.fold(load);
            selection.copy(result, left);
            selection.emit(Operation.of(op, size, result, address).inLinearMemory(instructions.position(load)));
        }
    }

    private boolean isInMemory(int value) {
        return selection.isConstant(value) || selection.foldableLoad(value) != Instructions.NONE;
    }

    void minimumOrMaximum(int instruction, boolean minimum) {
        int other = selection.use(instructions.argument(instruction, 1));
        int result = result(instruction);
        selection.copy(result, instructions.argument(instruction, 0));
        selection.emit(new Sequences.MinimumOrMaximum(size(instruction), minimum, result, other));
    }

    void absolute(int instruction) {
        int result = result(instruction);
        selection.copy(result, instructions.argument(instruction, 0));
        selection.emit(new Transfers.Mask(Op.ANDPS, result, ~sign(instruction)));
    }

    void negate(int instruction) {
        int result = result(instruction);
        selection.copy(result, instructions.argument(instruction, 0));
        selection.emit(new Transfers.Mask(Op.XORPS, result, sign(instruction)));
    }

    void copySign(int instruction) {
        int sign = selection.temporary(Type.F64);
        int result = result(instruction);
        selection.copy(sign, instructions.argument(instruction, 1));
        selection.emit(new Transfers.Mask(Op.ANDPS, sign, sign(instruction)));
        selection.copy(result, instructions.argument(instruction, 0));
        selection.emit(new Transfers.Mask(Op.ANDPS, result, ~sign(instruction)));
        selection.emit(Operation.of(Op.ORPS, 4, result, sign));
    }

    private long sign(int instruction) {
        return size(instruction) == 8 ? Long.MIN_VALUE : 1L << 31;
    }

    void squareRoot(int instruction) {
        int result = result(instruction);
        Op op = size(instruction) == 8 ? Op.SQRTSD : Op.SQRTSS;
        selection.operate(op, size(instruction), result, instructions.argument(instruction, 0));
    }

    void ceiling(int instruction) {
        round(instruction, ROUND_UP);
    }

    void floor(int instruction) {
        round(instruction, ROUND_DOWN);
    }

    void truncate(int instruction) {
        round(instruction, ROUND_TO_ZERO);
    }

    void nearest(int instruction) {
        round(instruction, ROUND_NEAREST);
    }

    private void round(int instruction, int mode) {
        Op op = size(instruction) == 8 ? Op.ROUNDSD : Op.ROUNDSS;
        int operand = selection.use(instructions.argument(instruction, 0));
        selection.emit(Operation.of(op, size(instruction), result(instruction), operand)
                .immediate(mode));
    }

    /** Between the two sizes. */
    void resize(int instruction, Op op) {
        int operand = instructions.argument(instruction, 0);
        selection.operate(op, selection.size(operand), result(instruction), operand);
    }

    void convertSigned(int instruction) {
        int operand = instructions.argument(instruction, 0);
        fromInteger(instruction, selection.size(operand), selection.use(operand));
    }

    void convertUnsigned(int instruction) {
        int operand = instructions.argument(instruction, 0);
        int register = selection.use(operand);
        if (selection.type(operand) == Type.I32) {
            // The upper half is zero, so as 64 bits it is not negative.
            fromInteger(instruction, 8, register);
        } else {
            selection.emit(new Sequences.ConvertUnsigned(
                    size(instruction),
                    result(instruction),
                    register,
                    selection.temporary(Type.I64),
                    selection.temporary(Type.I64)));
        }
    }

    private void fromInteger(int instruction, int integerSize, int register) {
        int result = result(instruction);
        selection.emit(new Transfers.Zero(result));
        selection.emit(Operation.of(size(instruction) == 8 ? Op.CVTSI2SD : Op.CVTSI2SS, integerSize, result, register));
    }

    void toInteger(int instruction, boolean signed, boolean saturates) {
        int operand = instructions.argument(instruction, 0);
        selection.emit(new Sequences.Truncate(
                new Sequences.Truncation(selection.size(operand), size(instruction), signed, saturates),
                selection.define(instructions.result(instruction)),
                selection.use(operand),
                selection.temporary(Type.I64),
                selection.temporary(Type.F64)));
    }

    void bitcast(int instruction) {
        int operand = instructions.argument(instruction, 0);
        int from = selection.use(operand);
        int result = result(instruction);
        boolean toFloat = selection.type(instructions.result(instruction)).isFloat();
        if (toFloat == selection.type(operand).isFloat()) {
            selection.emit(new Transfers.Copy(result, from));
        } else if (toFloat) {
            selection.emit(Operation.of(Op.MOVD, size(instruction), result, from));
        } else {
            selection.emit(Operation.of(Op.MOVD_TO, size(instruction), from, result));
        }
    }

    private int result(int instruction) {
        return selection.define(instructions.result(instruction));
    }

    /** Of the result. */
    private int size(int instruction) {
        return selection.size(instructions.result(instruction));
    }
}

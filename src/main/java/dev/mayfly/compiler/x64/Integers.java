package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Role;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Type;

/** Lowers the operations on integers. */
final class Integers {

    private final Selection selection;
    private final Instructions instructions;

    Integers(Selection selection) {
        this.selection = selection;
        this.instructions = selection.instructions();
    }

    void add(int instruction) {
        int left = argument(instruction, 0);
        int right = argument(instruction, 1);
        if (selection.isConstant(left)) {
            int swapped = left;
            left = right;
            right = swapped;
        }
        if (selection.isImmediate(right)) {
            sum(instruction, Address.base(selection.use(left), (int) selection.constant(right)));
        } else if (isFoldable(left) || isFoldable(right) || selection.isConstant(right)) {
            commutative(instruction, Op.ADD, Op.ADDI, left, right);
        } else {
            sum(instruction, selection.scaled(left, right));
        }
    }

    private void sum(int instruction, Address address) {
        selection.emit(Operation.of(Op.LEA, size(instruction), result(instruction), address));
    }

    void subtract(int instruction) {
        int right = argument(instruction, 1);
        if (selection.isImmediate(right) && selection.constant(right) != Integer.MIN_VALUE) {
            int left = selection.use(argument(instruction, 0));
            sum(instruction, Address.base(left, (int) -selection.constant(right)));
        } else if (selection.isConstant(argument(instruction, 0))
                && selection.constant(argument(instruction, 0)) == 0) {
            unary(instruction, Op.NEG, right);
        } else {
            modify(instruction, Op.SUB, Op.SUBI, argument(instruction, 0), right);
        }
    }

    void and(int instruction) {
        int left = argument(instruction, 0);
        int right = argument(instruction, 1);
        long mask = selection.isConstant(right) ? selection.constant(right) : 0;
        Op extension = mask == 0xFF ? Op.MOVZX8 : mask == 0xFFFF ? Op.MOVZX16 : Op.LOAD;
        if (extension != Op.LOAD || mask == 0xFFFF_FFFFL) {
            selection.emit(Operation.of(extension, 4, result(instruction), selection.use(left)));
        } else {
            commutative(instruction, Op.AND, Op.ANDI, left, right);
        }
    }

    void or(int instruction) {
        commutative(instruction, Op.OR, Op.ORI, argument(instruction, 0), argument(instruction, 1));
    }

    void exclusiveOr(int instruction) {
        int right = argument(instruction, 1);
        if (selection.isConstant(right) && selection.constant(right) == -1) {
            unary(instruction, Op.NOT, argument(instruction, 0));
        } else {
            commutative(instruction, Op.XOR, Op.XORI, argument(instruction, 0), right);
        }
    }

    void multiply(int instruction) {
        int left = argument(instruction, 0);
        int right = argument(instruction, 1);
        if (selection.isImmediate(left)) {
            int swapped = left;
            left = right;
            right = swapped;
        }
        if (selection.isImmediate(right)) {
            int factor = (int) selection.constant(right);
            selection.emit(Operation.of(Op.IMULI, size(instruction), result(instruction), selection.use(left))
                    .immediate(factor));
        } else {
            commutative(instruction, Op.IMUL, Op.IMUL, left, right);
        }
    }

    private void unary(int instruction, Op op, int operand) {
        int result = result(instruction);
        selection.copy(result, operand);
        selection.emit(Operation.unary(op, size(instruction), result));
    }

    private void commutative(int instruction, Op op, Op immediate, int left, int right) {
        boolean swap = selection.isImmediate(left)
                || (isFoldable(left) && !isFoldable(right) && !selection.isImmediate(right));
        modify(instruction, op, immediate, swap ? right : left, swap ? left : right);
    }

    private void modify(int instruction, Op op, Op immediate, int left, int right) {
        int result = result(instruction);
        int size = size(instruction);
        if (selection.isImmediate(right) && op != immediate) {
            selection.copy(result, left);
            selection.emit(Operation.unary(immediate, size, result).immediate((int) selection.constant(right)));
        } else {
            // What the second operand takes to compute must come before the first is overwritten.
            int load = selection.foldableLoad(right);
            Address address = load == Instructions.NONE ? Address.absolute(0) : selection.fold(load);
            int register = load == Instructions.NONE ? selection.use(right) : Registers.NONE;
            selection.copy(result, left);
            selection.emit(
                    load == Instructions.NONE
                            ? Operation.of(op, size, result, register)
                            : Operation.of(op, size, result, address).inLinearMemory(instructions.position(load)));
        }
    }

    private boolean isFoldable(int value) {
        return selection.foldableLoad(value) != Instructions.NONE;
    }

    void divide(int instruction, boolean signed, boolean remainder) {
        int size = size(instruction);
        int divisor = selection.use(argument(instruction, 1));
        boolean mayOverflow = signed && remainder && !isHarmlessDivisor(argument(instruction, 1));
        selection.copy(Registers.RAX, argument(instruction, 0));
        if (mayOverflow) {
            selection.emit(new Sequences.SignedRemainder(size, divisor));
        } else {
            if (signed) {
                selection.emit(new Transfers.ExtendAccumulator(size));
            } else {
                selection.emit(new Transfers.Constant(Registers.RDX, 0));
            }
            selection.emit(Operation.unary(signed ? Op.IDIV : Op.DIV, size, divisor)
                    .implicitly(Role.USE, Registers.RAX)
                    .implicitly(Role.USE, Registers.RDX)
                    .implicitly(Role.DEFINE, Registers.RAX)
                    .implicitly(Role.DEFINE, Registers.RDX));
        }
        selection.emit(new Transfers.Copy(result(instruction), remainder ? Registers.RDX : Registers.RAX));
    }

    private boolean isHarmlessDivisor(int value) {
        return selection.isConstant(value) && selection.constant(value) != -1;
    }

    /** The processor takes the count modulo the width as well. */
    void shift(int instruction, Op byRegister, Op byImmediate) {
        int size = size(instruction);
        int count = argument(instruction, 1);
        int result = result(instruction);
        if (selection.isConstant(count)) {
            selection.copy(result, argument(instruction, 0));
            int amount = (int) selection.constant(count) & (8 * size - 1);
            if (amount != 0) {
                selection.emit(Operation.unary(byImmediate, size, result).immediate(amount));
            }
            return;
        }
        Op flexible =
                switch (byRegister) {
                    case SHL -> Op.SHLX;
                    case SHR -> Op.SHRX;
                    case SAR -> Op.SARX;
                    default -> byRegister;
                };
        if (selection.features().flexibleShifts() && flexible != byRegister) {
            int value = selection.use(argument(instruction, 0));
            selection.emit(Operation.shift(flexible, size, result, value, selection.use(count)));
            return;
        }
        int value = selection.use(argument(instruction, 0));
        selection.emit(new Transfers.Copy(Registers.RCX, selection.use(count)));
        selection.emit(new Transfers.Copy(result, value));
        selection.emit(Operation.unary(byRegister, size, result).implicitly(Role.USE, Registers.RCX));
    }

    void countZeros(int instruction, boolean leading) {
        int size = size(instruction);
        int value = selection.use(argument(instruction, 0));
        int result = result(instruction);
        if (selection.features().countZeros()) {
            selection.emit(Operation.of(leading ? Op.LZCNT : Op.TZCNT, size, result, value));
            return;
        }
        // The older instructions say the place of a bit, and nothing for zero.
        int bits = 8 * size;
        int ofZero = selection.temporary(Type.I64);
        int found = leading ? selection.temporary(Type.I64) : result;
        selection.emit(new Transfers.Constant(ofZero, leading ? 2 * bits - 1 : bits));
        selection.emit(Operation.of(leading ? Op.BSR : Op.BSF, size, found, value));
        selection.emit(Operation.of(Op.CMOV, size, found, ofZero).on(Condition.E));
        if (leading) {
            selection.emit(new Transfers.Copy(result, found));
            selection.emit(Operation.unary(Op.XORI, size, result).immediate(bits - 1));
        }
    }

    /** An operation with one operand that the result need not share a register with. */
    void convert(int instruction, Op op, int size) {
        int operand = argument(instruction, 0);
        int result = result(instruction);
        selection.emit(Operation.of(op, size, result, selection.use(operand)));
    }

    private int argument(int instruction, int index) {
        return instructions.argument(instruction, index);
    }

    private int result(int instruction) {
        return selection.define(instructions.result(instruction));
    }

    private int size(int instruction) {
        return selection.size(instructions.result(instruction));
    }
}

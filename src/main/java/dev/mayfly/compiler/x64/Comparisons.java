package dev.mayfly.compiler.x64;

import dev.mayfly.abi.FunctionDescriptor;
import dev.mayfly.compiler.code.Relocation;
import dev.mayfly.compiler.ssa.FloatCondition;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;

/** Lowers comparisons, and what depends on one, to the flags and the instructions that read them. */
final class Comparisons {

    private final Selection selection;
    private final Instructions instructions;

    Comparisons(Selection selection) {
        this.selection = selection;
        this.instructions = selection.instructions();
    }

    /** Sets the flags by a value, and says how to tell from them that it is not zero. */
    Flags flags(int value) {
        int comparison = selection.comparison(value, Opcode.ICMP);
        if (comparison != Instructions.NONE) {
            return integers(comparison);
        }
        comparison = selection.comparison(value, Opcode.FCMP);
        if (comparison != Instructions.NONE) {
            return floats(comparison);
        }
        test(value);
        return Flags.of(Condition.NE);
    }

    private Flags integers(int comparison) {
        IntCondition condition = instructions.intCondition(comparison);
        int left = instructions.argument(comparison, 0);
        int right = instructions.argument(comparison, 1);
        if (selection.isConstant(left) && !selection.isConstant(right)) {
            condition = condition.swapped();
            int swapped = left;
            left = right;
            right = swapped;
        }
        if (selection.isConstant(right) && selection.constant(right) == 0) {
            return withZero(condition, left);
        }
        compare(left, right);
        return Flags.of(Condition.of(condition));
    }

    private void compare(int left, int right) {
        int size = selection.size(left);
        if (!selection.isImmediate(right)) {
            compareWithMemory(size, left, right);
            return;
        }
        int immediate = (int) selection.constant(right);
        int field = selection.single(left, Opcode.REFERENCE_TYPE);
        if (field != Instructions.NONE) {
            compareField(field, immediate);
            return;
        }
        int load = selection.foldableLoad(left);
        if (load == Instructions.NONE) {
            selection.emit(Operation.unary(Op.CMPI, size, selection.use(left)).immediate(immediate));
        } else {
            selection.emit(Operation.unary(Op.CMPI, size, selection.fold(load))
                    .immediate(immediate)
                    .inLinearMemory(instructions.position(load)));
        }
    }

    private void compareWithMemory(int size, int left, int right) {
        int register = selection.use(left);
        int tableSize = selection.adjacent(right, Opcode.TABLE_SIZE);
        if (tableSize == Instructions.NONE) {
            selection.operate(Op.CMP, size, register, right);
        } else {
            Reference reference = Reference.to(Relocation.Kind.TABLE_SIZE, (int) instructions.immediate(tableSize));
            selection.emit(Operation.of(Op.CMP, size, register, Address.of(reference)));
        }
    }

    /** The number of the type that a reference's function has. */
    private void compareField(int referenceType, int immediate) {
        int descriptor = selection.use(instructions.argument(referenceType, 0));
        Address field = Address.base(descriptor, FunctionDescriptor.TYPE);
        selection.emit(Operation.unary(Op.CMPI, 4, field).immediate(immediate));
    }

    private Flags withZero(IntCondition condition, int value) {
        if (condition == IntCondition.EQ || condition == IntCondition.NE) {
            int inner = selection.comparison(value, Opcode.ICMP);
            if (inner == Instructions.NONE) {
                inner = selection.comparison(value, Opcode.FCMP);
            }
            if (inner != Instructions.NONE) {
                Flags flags = flags(value);
                return condition == IntCondition.EQ ? flags.negated() : flags;
            }
        }
        int field = selection.single(value, Opcode.REFERENCE_TYPE);
        if (field == Instructions.NONE) {
            test(value);
        } else {
            compareField(field, 0);
        }
        return Flags.of(Condition.of(condition));
    }

    private void test(int value) {
        int size = selection.size(value);
        int and = selection.single(value, Opcode.AND);
        int load = selection.foldableLoad(value);
        if (and != Instructions.NONE) {
            test(size, instructions.argument(and, 0), instructions.argument(and, 1));
        } else if (load != Instructions.NONE) {
            selection.emit(Operation.unary(Op.CMPI, size, selection.fold(load))
                    .immediate(0)
                    .inLinearMemory(instructions.position(load)));
        } else {
            int register = selection.use(value);
            selection.emit(Operation.of(Op.TEST, size, register, register));
        }
    }

    private void test(int size, int left, int right) {
        int register = selection.use(left);
        if (selection.isImmediate(right)) {
            selection.emit(Operation.unary(Op.TESTI, size, register).immediate((int) selection.constant(right)));
        } else {
            selection.operate(Op.TEST, size, register, right);
        }
    }

    /** Only "above" and "above or equal" are false for unordered operands, so smaller is larger the other way round. */
    private Flags floats(int comparison) {
        FloatCondition condition = instructions.floatCondition(comparison);
        int left = instructions.argument(comparison, 0);
        int right = instructions.argument(comparison, 1);
        boolean swap = condition == FloatCondition.LT || condition == FloatCondition.LE;
        Op op = selection.type(left) == Type.F64 ? Op.UCOMISD : Op.UCOMISS;
        int register = selection.use(swap ? right : left);
        selection.operate(op, selection.size(left), register, swap ? left : right);
        return switch (condition) {
            case EQ -> new Flags(Condition.E, Flags.Parity.AND_ORDERED);
            case NE -> new Flags(Condition.NE, Flags.Parity.OR_UNORDERED);
            case LT, GT -> Flags.of(Condition.A);
            case LE, GE -> Flags.of(Condition.AE);
        };
    }

    /** A comparison whose result is needed as a number. */
    void lower(int comparison) {
        int result = selection.define(instructions.result(comparison));
        Flags flags = instructions.opcode(comparison) == Opcode.ICMP ? integers(comparison) : floats(comparison);
        int bit = selection.temporary(Type.I32);
        selection.emit(Operation.unary(Op.SET, 1, bit).on(flags.condition()));
        if (flags.parity() != Flags.Parity.ANY) {
            boolean and = flags.parity() == Flags.Parity.AND_ORDERED;
            int parity = selection.temporary(Type.I32);
            selection.emit(Operation.unary(Op.SET, 1, parity).on(and ? Condition.NP : Condition.P));
            selection.emit(Operation.of(and ? Op.AND : Op.OR, 4, bit, parity));
        }
        selection.emit(Operation.of(Op.MOVZX8, 4, result, bit));
    }

    void select(int select) {
        int condition = instructions.argument(select, 0);
        int then = instructions.argument(select, 1);
        int otherwise = instructions.argument(select, 2);
        int result = selection.define(instructions.result(select));
        if (selection.type(then).isFloat()) {
            int replacement = selection.use(otherwise);
            selection.copy(result, then);
            selection.emit(new Sequences.FloatSelect(flags(condition), result, replacement));
            return;
        }
        int thenRegister = selection.use(then);
        int otherwiseRegister = selection.use(otherwise);
        Flags flags = flags(condition);
        boolean and = flags.parity() == Flags.Parity.AND_ORDERED;
        selection.emit(new Transfers.Copy(result, and ? thenRegister : otherwiseRegister));
        int replacement = and ? otherwiseRegister : thenRegister;
        Condition replaces = and ? flags.condition().negated() : flags.condition();
        int size = selection.size(then);
        selection.emit(Operation.of(Op.CMOV, size, result, replacement).on(replaces));
        if (flags.parity() != Flags.Parity.ANY) {
            selection.emit(Operation.of(Op.CMOV, size, result, replacement).on(Condition.P));
        }
    }
}

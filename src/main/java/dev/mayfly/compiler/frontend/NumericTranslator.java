package dev.mayfly.compiler.frontend;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Translates numeric instructions (core specification 2.0, section 4.4.1): nearly all by a table. */
final class NumericTranslator implements Translator {

    private final FunctionBuilder builder;
    private final Operands operands;
    private final InstructionReader instructions;

    NumericTranslator(Body body) {
        this.builder = body.builder();
        this.operands = body.operands();
        this.instructions = body.instructions();
    }

    @Override
    public void translate(Opcode opcode) {
        switch (opcode) {
            case I32_CONST -> operands.push(builder.constant(Type.I32, instructions.constant()));
            case I64_CONST -> operands.push(builder.constant(Type.I64, instructions.constant()));
            case F32_CONST -> operands.push(builder.constant(Type.F32, instructions.constant()));
            case F64_CONST -> operands.push(builder.constant(Type.F64, instructions.constant()));
            case I32_EQZ, I64_EQZ -> isZero();
            case I32_DIV_S, I64_DIV_S -> divide(opcode, true);
            case I32_DIV_U, I64_DIV_U, I32_REM_S, I64_REM_S, I32_REM_U, I64_REM_U -> divide(opcode, false);
            default -> operate(NumericOperation.of(opcode));
        }
    }

    private void isZero() {
        int value = operands.pop();
        operands.push(builder.compare(IntCondition.EQ, value, zeroLike(value)));
    }

    private void operate(NumericOperation operation) {
        int[] arguments = operands.pop(operation.arity());
        operands.push(builder.value(operation.result(), operation.opcode(), 0, operation.condition(), arguments));
    }

    private void divide(Opcode opcode, boolean canOverflow) {
        int divisor = operands.peek(0);
        int dividend = operands.peek(1);
        builder.trapIf(builder.compare(IntCondition.EQ, divisor, zeroLike(divisor)), TrapCode.INTEGER_DIVIDE_BY_ZERO);
        if (canOverflow) {
            trapOnOverflow(dividend, divisor);
        }
        operate(NumericOperation.of(opcode));
    }

    /** The negative of the smallest number is too large. */
    private void trapOnOverflow(int dividend, int divisor) {
        Type type = builder.function().values().type(dividend);
        int smallest = builder.constant(type, type == Type.I32 ? Integer.MIN_VALUE : Long.MIN_VALUE);
        int minusOne = builder.constant(type, -1);
        int both = builder.operate(
                dev.mayfly.compiler.ssa.Opcode.AND,
                builder.compare(IntCondition.EQ, divisor, minusOne),
                builder.compare(IntCondition.EQ, dividend, smallest));
        builder.trapIf(both, TrapCode.INTEGER_OVERFLOW);
    }

    private int zeroLike(int value) {
        return builder.constant(builder.function().values().type(value), 0);
    }
}

package dev.mayfly.compiler.frontend;

import static dev.mayfly.compiler.ssa.Opcode.TABLE_LOAD;
import static dev.mayfly.compiler.ssa.Opcode.TABLE_SIZE;
import static dev.mayfly.compiler.ssa.Opcode.TABLE_STORE;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.Builtin;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.util.Arrays;

/** Translates table instructions (core specification 2.0, section 4.4.6). */
final class TableTranslator implements Translator {

    private final FunctionBuilder builder;
    private final Operands operands;
    private final InstructionReader instructions;

    TableTranslator(Body body) {
        this.builder = body.builder();
        this.operands = body.operands();
        this.instructions = body.instructions();
    }

    @Override
    public void translate(Opcode opcode) {
        int index = instructions.index();
        switch (opcode) {
            case TABLE_GET -> operands.push(element(index, operands.pop()));
            case TABLE_SET -> set(index);
            case TABLE_SIZE -> operands.push(size(index));
            case TABLE_GROW -> {
                int count = operands.pop();
                int element = operands.pop();
                operands.push(builder.builtin(Builtin.TABLE_GROW, number(index), element, count));
            }
            case TABLE_FILL -> range(Builtin.TABLE_FILL, number(index));
            case TABLE_COPY -> range(Builtin.TABLE_COPY, number(index), number(instructions.secondIndex()));
            case TABLE_INIT -> range(Builtin.TABLE_INIT, number(instructions.secondIndex()), number(index));
            case ELEM_DROP -> builder.builtin(Builtin.ELEMENT_DROP, number(index));
            default -> throw new IllegalStateException("no translation of " + opcode);
        }
    }

    /** The element of a table at an index, which may be out of bounds. */
    int element(int table, int index) {
        check(table, index);
        return builder.value(Type.I64, TABLE_LOAD, table, 0, index);
    }

    private void set(int table) {
        int element = operands.pop();
        int index = operands.pop();
        check(table, index);
        builder.append(TABLE_STORE, table, 0, index, element);
    }

    private void check(int table, int index) {
        int outside = builder.compare(IntCondition.GE_U, index, size(table));
        builder.trapIf(outside, TrapCode.TABLE_OUT_OF_BOUNDS);
    }

    private int size(int table) {
        return builder.value(Type.I32, TABLE_SIZE, table, 0);
    }

    /** An operation on three operands of the stack, behind constants. */
    private void range(Builtin builtin, int... numbers) {
        int[] arguments = Arrays.copyOf(numbers, numbers.length + 3);
        System.arraycopy(operands.pop(3), 0, arguments, numbers.length, 3);
        builder.builtin(builtin, arguments);
    }

    private int number(int number) {
        return builder.constant(Type.I32, number);
    }
}

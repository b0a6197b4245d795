package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.List;
import java.util.Objects;

/** Writes code that leaves one value of a given type on the stack. */
final class Expressions {

    private static final int MOST_NESTED = 7;

    private final FunctionScope scope;
    private final Choices choices;
    private final Shape shape;
    private final ByteWriter code;
    private final Accesses accesses;
    private final Calls calls;
    private final Blocks blocks;
    private int nested;

    Expressions(FunctionScope scope) {
        this.scope = scope;
        this.choices = scope.choices;
        this.shape = scope.shape;
        this.code = scope.code;
        this.accesses = new Accesses(scope, this);
        this.calls = new Calls(scope, this);
        this.blocks = new Blocks(scope, this);
    }

    Accesses accesses() {
        return accesses;
    }

    Calls calls() {
        return calls;
    }

    Blocks blocks() {
        return blocks;
    }

    void push(List<ValueType> types) {
        types.forEach(this::push);
    }

    void push(ValueType type) {
        nested++;
        if (nested > MOST_NESTED || !scope.spend()) {
            leaf(type);
        } else if (Values.NUMERIC.contains(type)) {
            number(type);
        } else {
            reference(type);
        }
        nested--;
    }

    private void number(ValueType type) {
        switch (choices.below(20)) {
            case 0, 1 -> leaf(type);
            case 2 -> tee(type);
            case 3, 4 -> accesses.load(type);
            case 5, 6 -> select(type);
            case 7 -> blocks.value(type);
            case 8 -> calls.direct(type);
            case 9 -> calls.indirect(type);
            case 10, 11 -> {
                if (type == ValueType.I32) {
                    question();
                } else {
                    operation(type);
                }
            }
            default -> operation(type);
        }
    }

    private void leaf(ValueType type) {
        List<Integer> variables = scope.variables(type);
        List<Integer> globals = shape.globals(type, false);
        int kind = choices.below(8);
        if (kind >= 3 && !variables.isEmpty()) {
            code.op(Opcode.LOCAL_GET).u32(choices.pick(variables));
        } else if (kind == 2 && !globals.isEmpty()) {
            code.op(Opcode.GLOBAL_GET).u32(choices.pick(globals));
        } else if (kind == 1 && type == ValueType.I32 && !scope.counters().isEmpty()) {
            code.op(Opcode.LOCAL_GET).u32(choices.pick(scope.counters()));
        } else {
            code.constant(type, Values.constant(choices, type));
        }
    }

    private void tee(ValueType type) {
        List<Integer> variables = scope.variables(type);
        push(type);
        if (!variables.isEmpty()) {
            code.op(Opcode.LOCAL_TEE).u32(choices.pick(variables));
        }
    }

    private void select(ValueType type) {
        push(type);
        push(type);
        push(ValueType.I32);
        if (Values.NUMERIC.contains(type) && choices.percent(60)) {
            code.op(Opcode.SELECT);
        } else {
            code.op(Opcode.SELECT_TYPED).types(List.of(type));
        }
    }

    private void operation(ValueType type) {
        Opcode opcode = choices.pick(Objects.requireNonNull(Opcodes.OPERATIONS.get(type)));
        List<ValueType> operands = Opcodes.type(opcode).parameters();
        for (int i = 0; i < operands.size(); i++) {
            boolean last = i == operands.size() - 1;
            if (last && Opcodes.DIVISIONS.contains(opcode)) {
                divisor(operands.get(i));
            } else if (Opcodes.TRUNCATIONS.contains(opcode)) {
                truncated(operands.get(i));
            } else if (last && Opcodes.REVEALING.contains(opcode)) {
                pushRevealed(operands.get(i));
            } else {
                push(operands.get(i));
            }
        }
        code.op(opcode);
    }

    /** Mostly not zero. */
    private void divisor(ValueType type) {
        int kind = choices.below(10);
        if (kind < 4) {
            code.constant(type, Values.constant(choices, type));
            return;
        }
        push(type);
        if (kind < 9) {
            code.constant(type, 1).op(type == ValueType.I32 ? Opcode.I32_OR : Opcode.I64_OR);
        }
    }

    /** Mostly not too large. */
    private void truncated(ValueType type) {
        if (choices.percent(20)) {
            push(type);
            return;
        }
        push(ValueType.I32);
        boolean narrow = type == ValueType.F32;
        code.op(narrow ? Opcode.F32_CONVERT_I32_S : Opcode.F64_CONVERT_I32_S)
                .op(narrow ? Opcode.F32_ABS : Opcode.F64_ABS);
    }

    /** Leaves a value of which every bit counts from here on. */
    void pushRevealed(ValueType type) {
        if (type != ValueType.F32 && type != ValueType.F64) {
            push(type);
        } else if (choices.percent(20)) {
            accesses.load(type);
        } else {
            push(type);
            canonical(type);
        }
    }

    /** Makes a float that is no number the one with the simplest bits. */
    void canonical(ValueType type) {
        boolean narrow = type == ValueType.F32;
        int local = scope.scratch(type);
        code.op(Opcode.LOCAL_TEE).u32(local);
        code.constant(type, narrow ? 0x7FC0_0000L : 0x7FF8_0000_0000_0000L);
        code.op(Opcode.LOCAL_GET).u32(local).op(Opcode.LOCAL_GET).u32(local);
        code.op(narrow ? Opcode.F32_EQ : Opcode.F64_EQ).op(Opcode.SELECT);
    }

    private void question() {
        int table = choices.below(shape.tables.size());
        switch (choices.below(6)) {
            case 0 -> code.op(Opcode.MEMORY_SIZE).u8(0);
            case 1 -> code.op(Opcode.TABLE_SIZE).u32(table);
            case 2 -> code.i32(choices.below(4)).op(Opcode.MEMORY_GROW).u8(0);
            case 3 -> {
                push(shape.tables.get(table).type());
                code.i32(choices.below(4)).op(Opcode.TABLE_GROW).u32(table);
            }
            default -> {
                push(shape.tables.get(table).type());
                code.op(Opcode.REF_IS_NULL);
            }
        }
    }

    private void reference(ValueType type) {
        switch (choices.below(8)) {
            case 0, 1 -> leaf(type);
            case 2 -> tee(type);
            case 3 -> select(type);
            case 4 -> blocks.value(type);
            case 5 -> calls.direct(type);
            default -> {
                List<Integer> tables = shape.tables(type);
                if (type == ValueType.FUNCREF && choices.percent(60)) {
                    code.op(Opcode.REF_FUNC).u32(choices.below(shape.functions.size()));
                } else {
                    int table = choices.pick(tables);
                    pushIndex(table);
                    code.op(Opcode.TABLE_GET).u32(table);
                }
            }
        }
    }

    /** Leaves an index into a table, mostly one that it has. */
    void pushIndex(int table) {
        int size = shape.tables.get(table).minimum();
        int kind = choices.below(10);
        if (kind < 7) {
            code.i32(choices.below(Math.max(1, size)));
        } else if (kind < 9) {
            push(ValueType.I32);
            code.i32(3).op(Opcode.I32_AND);
        } else {
            push(ValueType.I32);
        }
    }

    /** Leaves what a call leaves that has these results: one of them, if there is one of the type. */
    void keep(ValueType type, FunctionType called) {
        boolean kept = false;
        for (ValueType result : called.results().reversed()) {
            if (result == type && !kept) {
                code.op(Opcode.LOCAL_SET).u32(scope.scratch(type));
                kept = true;
            } else {
                code.op(Opcode.DROP);
            }
        }
        code.op(Opcode.LOCAL_GET).u32(scope.scratch(type));
    }
}

package dev.mayfly.differential;

import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.List;

/** Writes code that leaves the stack as it was. */
final class Statements {

    private final FunctionScope scope;
    private final Choices choices;
    private final ByteWriter code;
    private final Expressions expressions;

    Statements(FunctionScope scope, Expressions expressions) {
        this.scope = scope;
        this.choices = scope.choices;
        this.code = scope.code;
        this.expressions = expressions;
    }

    void some() {
        write(choices.below(4));
    }

    void many() {
        write(2 + choices.below(10));
    }

    private void write(int count) {
        for (int i = 0; i < count && scope.spend(); i++) {
            statement();
        }
    }

    private void statement() {
        switch (choices.below(32)) {
            case 0 -> code.op(Opcode.NOP);
            case 1, 2, 3, 4, 5, 6 -> assignment();
            case 7, 8, 9 -> global();
            case 10, 11, 12, 13, 14, 15 -> expressions.accesses().store();
            case 16, 17, 18, 19 -> expressions.blocks().statement();
            case 20, 21 -> expressions.blocks().countedLoop();
            case 22, 23, 24 -> expressions.blocks().branch();
            case 25 -> expressions.calls().statement();
            case 26 -> expressions.accesses().bulk();
            case 27, 28 -> expressions.accesses().table();
            case 29 -> {
                if (choices.percent(3)) {
                    code.op(Opcode.UNREACHABLE);
                }
            }
            default -> {
                expressions.push(choices.pick(Values.ALL));
                code.op(Opcode.DROP);
            }
        }
    }

    private void assignment() {
        ValueType type = choices.pick(Values.ALL);
        List<Integer> variables = scope.variables(type);
        boolean isNew = variables.isEmpty() || choices.percent(15);
        expressions.push(type);
        code.op(Opcode.LOCAL_SET).u32(isNew ? scope.newVariable(type) : choices.pick(variables));
    }

    private void global() {
        ValueType type = choices.pick(Values.ALL);
        List<Integer> globals = scope.shape.globals(type, true);
        expressions.push(type);
        if (globals.isEmpty()) {
            code.op(Opcode.DROP);
        } else {
            code.op(Opcode.GLOBAL_SET).u32(choices.pick(globals));
        }
    }
}

package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.List;
import java.util.stream.IntStream;

/** Writes calls. That they end sometime is up to those who are called. */
final class Calls {

    private final Choices choices;
    private final Shape shape;
    private final ByteWriter code;
    private final Expressions expressions;

    Calls(FunctionScope scope, Expressions expressions) {
        this.choices = scope.choices;
        this.shape = scope.shape;
        this.code = scope.code;
        this.expressions = expressions;
    }

    /** Leaves a value of this type. */
    void direct(ValueType type) {
        List<Integer> fitting = IntStream.range(0, shape.functions.size())
                .filter(i -> shape.functions.get(i).results().contains(type))
                .boxed()
                .toList();
        if (fitting.isEmpty()) {
            code.constant(type, Values.constant(choices, type));
            return;
        }
        int function = choices.pick(fitting);
        call(function);
        expressions.keep(type, shape.functions.get(function));
    }

    void indirect(ValueType type) {
        List<FunctionType> fitting = shape.functions.stream()
                .filter(each -> each.results().contains(type))
                .toList();
        if (fitting.isEmpty()) {
            code.constant(type, Values.constant(choices, type));
            return;
        }
        FunctionType called = choices.pick(fitting);
        indirect(called);
        expressions.keep(type, called);
    }

    private void call(int function) {
        pushArguments(shape.functions.get(function), function < shape.importedFunctions);
        code.op(Opcode.CALL).u32(function);
    }

    private void indirect(FunctionType called) {
        // It may turn out to be an imported function, which sees every bit.
        pushArguments(called, true);
        int table = choices.pick(shape.tables(ValueType.FUNCREF));
        expressions.pushIndex(table);
        code.op(Opcode.CALL_INDIRECT).u32(shape.typeIndex(called)).u32(table);
    }

    private void pushArguments(FunctionType called, boolean revealed) {
        for (ValueType parameter : called.parameters()) {
            if (revealed) {
                expressions.pushRevealed(parameter);
            } else {
                expressions.push(parameter);
            }
        }
    }

    /** A call for what it does. */
    void statement() {
        int function = choices.below(shape.functions.size());
        FunctionType called = shape.functions.get(function);
        if (choices.percent(30)) {
            indirect(called);
        } else {
            call(function);
        }
        expressions.blocks().consume(called.results());
    }
}

package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.List;
import java.util.stream.IntStream;

/** Writes blocks, loops and branches between them. Every loop comes to an end. */
final class Blocks {

    private final FunctionScope scope;
    private final Choices choices;
    private final Shape shape;
    private final ByteWriter code;
    private final Expressions expressions;

    Blocks(FunctionScope scope, Expressions expressions) {
        this.scope = scope;
        this.choices = scope.choices;
        this.shape = scope.shape;
        this.code = scope.code;
        this.expressions = expressions;
    }

    /** Leaves a value of this type. */
    void value(ValueType type) {
        construct(choices.percent(30) ? List.of(type) : List.of(), List.of(type));
    }

    void statement() {
        List<ValueType> parameters = choices.percent(30) ? Values.list(choices, Values.ALL, 4) : List.of();
        List<ValueType> results = choices.percent(40)
                ? parameters
                : choices.percent(30) ? Values.list(choices, Values.ALL, 4) : List.<ValueType>of();
        construct(parameters, results);
        consume(results);
    }

    private void construct(List<ValueType> parameters, List<ValueType> results) {
        expressions.push(parameters);
        Opcode kind = choices.pick(List.of(Opcode.BLOCK, Opcode.IF, Opcode.IF, Opcode.LOOP));
        if (kind == Opcode.IF) {
            expressions.push(ValueType.I32);
        }
        begin(kind, parameters, results, kind == Opcode.LOOP ? parameters : results);
        if (kind == Opcode.LOOP) {
            useFuel();
        }
        body(parameters, results);
        if (kind == Opcode.IF && (choices.percent(60) || !parameters.equals(results))) {
            code.op(Opcode.ELSE);
            body(parameters, results);
        }
        scope.leave();
    }

    private void begin(
            Opcode kind, List<ValueType> parameters, List<ValueType> results, List<ValueType> passedByBranches) {
        code.op(kind);
        if (parameters.isEmpty() && results.size() < 2) {
            code.u8(results.isEmpty() ? 0x40 : results.getFirst().code());
        } else {
            code.signed(shape.typeIndex(new FunctionType(parameters, results)));
        }
        scope.enter(new FunctionScope.Label(passedByBranches, true));
    }

    private void body(List<ValueType> parameters, List<ValueType> results) {
        boolean leftOnStack = parameters.equals(results) && choices.percent(50);
        if (!leftOnStack) {
            consume(parameters);
        }
        new Statements(scope, expressions).some();
        if (!leftOnStack) {
            expressions.push(results);
        }
    }

    /** Takes values from the stack, keeping some. */
    void consume(List<ValueType> types) {
        for (ValueType type : types.reversed()) {
            List<Integer> variables = scope.variables(type);
            if (choices.percent(60) && !variables.isEmpty()) {
                code.op(Opcode.LOCAL_SET).u32(choices.pick(variables));
            } else {
                code.op(Opcode.DROP);
            }
        }
    }

    /** A loop that runs a few times, counting up or down. */
    void countedLoop() {
        int counter = scope.newLocal(ValueType.I32);
        boolean up = choices.percent(50);
        int times = 1 + choices.below(8);
        code.i32(up ? 0 : times).op(Opcode.LOCAL_SET).u32(counter);
        code.op(Opcode.LOOP).u8(0x40);
        scope.enter(new FunctionScope.Label(List.of(), false));
        scope.counters().add(counter);
        new Statements(scope, expressions).some();
        scope.counters().removeLast();
        code.op(Opcode.LOCAL_GET).u32(counter).i32(1).op(up ? Opcode.I32_ADD : Opcode.I32_SUB);
        code.op(Opcode.LOCAL_TEE).u32(counter);
        if (up) {
            code.i32(times).op(choices.pick(List.of(Opcode.I32_LT_S, Opcode.I32_LT_U, Opcode.I32_NE)));
        }
        code.op(Opcode.BR_IF).u32(0);
        scope.leave();
    }

    /** The whole of a function, around whose work fuel and depth are counted. */
    void function() {
        useFuel();
        code.op(Opcode.GLOBAL_GET).u32(Shape.DEPTH).i32(ModuleGenerator.DEEPEST);
        code.op(Opcode.I32_GE_S).op(Opcode.IF).u8(0x40).op(Opcode.UNREACHABLE).op(Opcode.END);
        addDepth(1);
        begin(Opcode.BLOCK, List.of(), scope.type.results(), scope.type.results());
        new Statements(scope, expressions).many();
        expressions.push(scope.type.results());
        scope.leave();
        addDepth(-1);
    }

    private void addDepth(int change) {
        code.op(Opcode.GLOBAL_GET).u32(Shape.DEPTH).i32(change);
        code.op(Opcode.I32_ADD).op(Opcode.GLOBAL_SET).u32(Shape.DEPTH);
    }

    private void useFuel() {
        code.op(Opcode.GLOBAL_GET).u32(Shape.FUEL).i32(1).op(Opcode.I32_SUB);
        code.op(Opcode.GLOBAL_SET).u32(Shape.FUEL).op(Opcode.GLOBAL_GET).u32(Shape.FUEL);
        code.i32(0)
                .op(Opcode.I32_LT_S)
                .op(Opcode.IF)
                .u8(0x40)
                .op(Opcode.UNREACHABLE)
                .op(Opcode.END);
    }

    void branch() {
        List<Integer> depths = IntStream.range(0, scope.labels().size())
                .filter(depth -> label(depth).target())
                .boxed()
                .toList();
        int depth = choices.pick(depths);
        List<ValueType> passed = label(depth).types();
        switch (choices.below(6)) {
            case 0, 1, 2 -> {
                expressions.push(passed);
                expressions.push(ValueType.I32);
                code.op(Opcode.BR_IF).u32(depth);
                consume(passed);
            }
            case 3 -> {
                expressions.push(passed);
                code.op(Opcode.BR).u32(depth);
            }
            case 4 -> table(depth, depths);
            default -> {
                expressions.push(scope.type.results());
                addDepth(-1);
                code.op(Opcode.RETURN);
            }
        }
    }

    private void table(int otherwise, List<Integer> depths) {
        List<ValueType> passed = label(otherwise).types();
        List<Integer> alike = depths.stream()
                .filter(depth -> label(depth).types().equals(passed))
                .toList();
        expressions.push(passed);
        expressions.push(ValueType.I32);
        if (choices.percent(70)) {
            code.i32(7).op(Opcode.I32_AND);
        }
        int targets = choices.below(9);
        code.op(Opcode.BR_TABLE).u32(targets);
        for (int i = 0; i < targets; i++) {
            code.u32(choices.pick(alike));
        }
        code.u32(otherwise);
    }

    private FunctionScope.Label label(int depth) {
        return scope.labels().get(scope.labels().size() - 1 - depth);
    }
}

package dev.mayfly.compiler.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.FunctionParser;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions made at random compute the same before and after the passes, traps included. */
class RandomFunctionsTest {

    private static final int FUNCTIONS = 3_000;
    private static final long[] CONSTANTS = {
        0, 1, -1, 2, 3, 8, 31, 32, 63, 64, 255, 0xFFFF_FFFFL, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE
    };
    private static final Opcode[] BINARY = {
        Opcode.ADD,
        Opcode.SUB,
        Opcode.MUL,
        Opcode.AND,
        Opcode.OR,
        Opcode.XOR,
        Opcode.SHL,
        Opcode.SHR_S,
        Opcode.SHR_U,
        Opcode.ROTL,
        Opcode.ROTR,
        Opcode.DIV_U,
        Opcode.REM_U,
        Opcode.REM_S,
        Opcode.DIV_S
    };
    private static final Opcode[] UNARY = {Opcode.CLZ, Opcode.CTZ, Opcode.POPCNT, Opcode.SEXT8, Opcode.SEXT16};

    private final Random random = new Random(20_261_122);
    private final List<Integer> narrow = new ArrayList<>();
    private final List<Integer> wide = new ArrayList<>();

    @Test
    void passesKeepWhatFunctionsCompute() throws Exception {
        Instance empty = new Instance(Wat2Wasm.parse("(module)"), new Linker(), UnaryOperator.identity());
        for (int i = 0; i < FUNCTIONS; i++) {
            Function function = generate();
            String text = FunctionPrinter.print(function);
            Function optimized = FunctionParser.parse(text);
            Passes.run(optimized);
            Verifier.verify(optimized);
            for (int input = 0; input < 4; input++) {
                long[] arguments = {(int) number(), (int) number(), number(), number()};
                assertThat(outcome(empty, optimized, arguments))
                        .as(text)
                        .isEqualTo(outcome(empty, function, arguments));
            }
        }
    }

    private static String outcome(Instance instance, Function function, long[] arguments) {
        try {
            return List.of(Interpreter.call(instance, function, arguments)[0]).toString();
        } catch (TrapException e) {
            return e.code().name();
        }
    }

    private long number() {
        return random.nextInt(4) == 0 ? random.nextLong() : CONSTANTS[random.nextInt(CONSTANTS.length)];
    }

    private Function generate() {
        Function function = new Function("random", List.of(Type.I32, Type.I32, Type.I64, Type.I64), List.of(Type.I64));
        FunctionBuilder builder = new FunctionBuilder(function);
        narrow.clear();
        wide.clear();
        narrow.addAll(List.of(0, 1));
        wide.addAll(List.of(2, 3));
        for (int i = 0; i < 6; i++) {
            instructions(builder);
            meet(builder);
        }
        int result = wide.getLast();
        for (int value : narrow.subList(narrow.size() - 3, narrow.size())) {
            result = builder.operate(Opcode.XOR, result, builder.convert(Opcode.EXTEND_U, Type.I64, value));
        }
        builder.returnValues(result);
        return function;
    }

    private void instructions(FunctionBuilder builder) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            boolean isWide = random.nextBoolean();
            List<Integer> values = isWide ? wide : narrow;
            Type type = isWide ? Type.I64 : Type.I32;
            switch (random.nextInt(10)) {
                case 0 -> values.add(builder.constant(type, number()));
                case 1 -> values.add(builder.operate(UNARY[random.nextInt(UNARY.length)], any(values)));
                case 2 -> narrow.add(builder.compare(condition(), any(values), any(values)));
                case 3 -> narrow.add(builder.compare(condition(), any(values), builder.constant(type, 0)));
                case 4 -> values.add(builder.select(any(narrow), any(values), any(values)));
                case 5 ->
                    wide.add(builder.convert(
                            random.nextBoolean() ? Opcode.EXTEND_S : Opcode.EXTEND_U, Type.I64, any(narrow)));
                case 6 -> narrow.add(builder.convert(Opcode.WRAP, Type.I32, any(wide)));
                default -> binary(builder, type, values);
            }
        }
    }

    private void binary(FunctionBuilder builder, Type type, List<Integer> values) {
        Opcode opcode = BINARY[random.nextInt(BINARY.length)];
        int left = random.nextInt(4) == 0 ? builder.constant(type, number()) : any(values);
        int right = random.nextBoolean() ? builder.constant(type, number()) : any(values);
        if (!opcode.isSpeculatable()) {
            int zero = builder.constant(type, 0);
            builder.trapIf(builder.compare(IntCondition.EQ, right, zero), TrapCode.INTEGER_DIVIDE_BY_ZERO);
            int minusOne = builder.constant(type, -1);
            builder.trapIf(builder.compare(IntCondition.EQ, right, minusOne), TrapCode.INTEGER_OVERFLOW);
        }
        values.add(builder.operate(opcode, left, right));
    }

    /** Two ways to one block, that may pass the same or not, and each may end in a trap. */
    private void meet(FunctionBuilder builder) {
        Function function = builder.function();
        int then = function.createBlock();
        int otherwise = function.createBlock();
        int end = function.createBlock();
        int narrowParameter = function.addParameter(end, Type.I32);
        int wideParameter = function.addParameter(end, Type.I64);
        builder.branch(any(narrow));
        builder.edge(then);
        builder.edge(otherwise);
        int narrowBefore = narrow.size();
        int wideBefore = wide.size();
        for (int block : List.of(then, otherwise)) {
            builder.continueIn(block);
            instructions(builder);
            builder.jump(end, any(narrow), any(wide));
            narrow.subList(narrowBefore, narrow.size()).clear();
            wide.subList(wideBefore, wide.size()).clear();
        }
        builder.continueIn(end);
        narrow.add(narrowParameter);
        wide.add(wideParameter);
    }

    private int any(List<Integer> values) {
        int last = values.size() - 1;
        return values.get(random.nextBoolean() ? random.nextInt(values.size()) : Math.max(0, last - random.nextInt(3)));
    }

    private IntCondition condition() {
        return IntCondition.values()[random.nextInt(IntCondition.values().length)];
    }
}

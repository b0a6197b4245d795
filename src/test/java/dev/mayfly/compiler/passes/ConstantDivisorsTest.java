package dev.mayfly.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionParser;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Verifier;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantDivisorsTest {

    private static final List<Integer> NUMBERS = List.of(
            0,
            1,
            -1,
            2,
            3,
            5,
            6,
            7,
            9,
            10,
            11,
            12,
            25,
            60,
            100,
            125,
            625,
            641,
            1000,
            65_535,
            65_537,
            0x7FFF_FFFE,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            Integer.MIN_VALUE + 1,
            -2,
            -3,
            -5,
            -7,
            -10,
            -641,
            -1000,
            -65_536);

    private final Pass pass = new ConstantDivisors();

    @Test
    void dividingByTenIsAMultiplication() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 10
                    v2:i32 = div_u v0, v1
                    return v2
                """, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 10
                    v3:i64 = extend_u v0
                    v4:i64 = const 3435973837
                    v5:i64 = mul v3, v4
                    v6:i64 = const 35
                    v7:i64 = shr_u v5, v6
                    v8:i32 = wrap v7
                    return v8
                """);
    }

    @Test
    void whatIsWideOrNotConstantStaysADivision() {
        String function = """
                function f -> i32
                block0(v0:i32, v1:i64, v2:i32):
                    v3:i64 = const 10
                    v4:i64 = div_u v1, v3
                    v5:i32 = div_s v0, v2
                    v6:i32 = const -1
                    v7:i32 = rem_s v0, v6
                    v8:i32 = call 0, v4, v5, v7
                    return v8
                """;
        PassTester.check(pass, function, function);
    }

    @ParameterizedTest
    @ValueSource(strings = {"div_u", "rem_u", "div_s", "rem_s"})
    void theResultIsThatOfTheDivision(String operation) {
        Random random = new Random(7);
        IntStream divisors = IntStream.concat(
                NUMBERS.stream().mapToInt(Integer::intValue).filter(number -> number != 0),
                random.ints(500).map(number -> number >> random.nextInt(31) | 1));
        divisors.forEach(divisor -> {
            Function function = FunctionParser.parse("""
                    function f -> i32
                    block0(v0:i32):
                        v1:i32 = const %d
                        v2:i32 = %s v0, v1
                        return v2
                    """.formatted(divisor, operation));
            pass.run(function);
            Verifier.verify(function);
            IntStream dividends = IntStream.concat(
                    NUMBERS.stream()
                            .flatMapToInt(number -> IntStream.of(number, number * divisor, number * divisor - 1)),
                    random.ints(20));
            dividends
                    .filter(dividend -> !(operation.equals("div_s") && dividend == Integer.MIN_VALUE && divisor == -1))
                    .forEach(dividend -> assertThat(evaluate(function, dividend))
                            .as("%d %s %d:%n%s", dividend, operation, divisor, FunctionPrinter.print(function))
                            .isEqualTo(expected(operation, dividend, divisor)));
        });
    }

    private static int expected(String operation, int dividend, int divisor) {
        return switch (operation) {
            case "div_u" -> Integer.divideUnsigned(dividend, divisor);
            case "rem_u" -> Integer.remainderUnsigned(dividend, divisor);
            case "div_s" -> dividend / divisor;
            default -> dividend % divisor;
        };
    }

    /** The only block's result. */
    private static int evaluate(Function function, int argument) {
        Instructions instructions = function.instructions();
        long[] values = new long[function.values().count()];
        values[0] = argument;
        int i = function.blocks().firstInstruction(Function.ENTRY);
        while (instructions.opcode(i) != Opcode.RETURN) {
            long left = instructions.argumentCount(i) > 0 ? values[instructions.argument(i, 0)] : 0;
            long right = instructions.argumentCount(i) > 1 ? values[instructions.argument(i, 1)] : 0;
            boolean narrow = function.values().type(instructions.result(i)).bits() == 32;
            long result =
                    switch (instructions.opcode(i)) {
                        case CONST -> instructions.immediate(i);
                        case EXTEND_U -> left & 0xFFFF_FFFFL;
                        case EXTEND_S, WRAP -> left;
                        case ADD -> left + right;
                        case SUB -> left - right;
                        case MUL -> left * right;
                        case SHR_U -> (narrow ? left & 0xFFFF_FFFFL : left) >>> right;
                        case SHR_S -> left >> right;
                        case DIV_S -> left / right;
                        case REM_S -> left % right;
                        case DIV_U -> Long.divideUnsigned(left & 0xFFFF_FFFFL, right & 0xFFFF_FFFFL);
                        case REM_U -> Long.remainderUnsigned(left & 0xFFFF_FFFFL, right & 0xFFFF_FFFFL);
                        default -> throw new AssertionError(instructions.opcode(i));
                    };
            values[instructions.result(i)] = narrow ? (int) result : result;
            i = instructions.next(i);
        }
        return (int) values[instructions.argument(i, 0)];
    }
}

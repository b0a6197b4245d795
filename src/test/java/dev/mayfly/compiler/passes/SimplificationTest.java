package dev.mayfly.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionParser;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.compiler.ssa.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplificationTest {

    private final Pass pass = new Simplification();

    /** On the left what computes v9 from parameters v0:i32, v1:i64, v2:f64; on the right what is returned afterwards. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v3:i32 = const 3; v4:i32 = const 4; v9:i32 = add v3, v4                 | const 7",
                "v3:i32 = const 2147483647; v4:i32 = const 1; v9:i32 = add v3, v4        | const -2147483648",
                "v3:i64 = const -8; v4:i64 = const 1; v9:i64 = shr_u v3, v4              | const 9223372036854775804",
                "v3:i32 = const -8; v4:i32 = const 33; v9:i32 = shr_u v3, v4             | const 2147483644",
                "v3:i32 = const -8; v4:i32 = const 3; v9:i32 = div_u v3, v4              | const 1431655762",
                "v3:i32 = const -8; v4:i32 = const 3; v9:i32 = div_s v3, v4              | const -2",
                "v3:i32 = const -1; v9:i64 = extend_u v3                                 | const 4294967295",
                "v3:i32 = const 1; v9:i32 = clz v3                                       | const 31",
                "v3:i32 = const 1; v9:i32 = rotr v3, v3                                  | const -2147483648",
                "v3:f32 = const -0.0; v9:i32 = bitcast v3                                | const -2147483648",
                "v3:i32 = const -1; v9:f32 = bitcast v3                                  | const nan:ffffffff",
                "v3:i32 = const -1; v4:i32 = const 1; v9:i32 = icmp.lt_u v3, v4          | const 0",
                "v3:i32 = const -1; v4:i32 = const 1; v9:i32 = icmp.lt_s v3, v4          | const 1",
                "v3:i32 = const 0; v9:i32 = add v3, v0                                   | v0",
                "v3:i32 = const 0; v9:i32 = sub v0, v3                                   | v0",
                "v9:i32 = sub v0, v0                                                     | const 0",
                "v9:i64 = xor v1, v1                                                     | const 0",
                "v9:i64 = and v1, v1                                                     | v1",
                "v3:i32 = const -1; v9:i32 = and v0, v3                                  | v0",
                "v3:i32 = const -1; v9:i32 = or v0, v3                                   | const -1",
                "v3:i32 = const 64; v9:i32 = shl v0, v3                                  | v0",
                "v3:i32 = const 1; v9:i32 = div_s v0, v3                                 | v0",
                "v9:i32 = icmp.ge_u v0, v0                                               | const 1",
                "v3:i32 = const 0; v9:i32 = icmp.lt_u v0, v3                             | const 0",
                "v3:i64 = extend_s v0; v9:i32 = wrap v3                                  | v0",
                "v3:i64 = bitcast v2; v9:f64 = bitcast v3                                | v2",
                "v3:i32 = const 5; v9:f64 = select v3, v2, v2                            | v2",
                "v3:i32 = const 0; v9:i32 = select v3, v3, v0                            | v0",
            })
    void whatIsKnownIsNotComputed(String computation, String result) {
        String type = computation.replaceFirst(".*v9:(...) .*", "$1");
        Function function = FunctionParser.parse("function f -> " + type + "\nblock0(v0:i32, v1:i64, v2:f64):\n"
                + computation.replace("; ", "\n") + "\nreturn v9\n");
        pass.run(function);
        new DeadCode().run(function);
        Verifier.verify(function);

        String body = FunctionPrinter.print(function).replaceFirst("(?s).*:f64\\):\n", "");
        assertThat(body)
                .matches(
                        result.startsWith("const")
                                ? " +(v\\d+):" + type + " = " + result + "\n +return \\1\n"
                                : " +return " + result + "\n");
    }

    @Test
    void floatsAreLeftAlone() {
        String text = """
                function f -> f64
                block0(v0:f64):
                    v1:f64 = const 0.0
                    v2:f64 = fadd v0, v1
                    v3:f64 = fsub v2, v2
                    return v3
                """;
        PassTester.check(pass, text, text);
    }

    @Test
    void multiplyingByPowersOfTwoBecomesShifting() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 8
                    v2:i32 = mul v1, v0
                    v3:i32 = div_u v2, v1
                    v4:i32 = rem_u v3, v1
                    return v4
                """, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 8
                    v5:i32 = const 3
                    v2:i32 = shl v0, v5
                    v6:i32 = const 3
                    v3:i32 = shr_u v2, v6
                    v7:i32 = const 7
                    v4:i32 = and v3, v7
                    return v4
                """);
    }

    @Test
    void constantsAreCollectedInOne() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 8
                    v2:i32 = add v0, v1
                    v3:i32 = const 3
                    v4:i32 = sub v2, v3
                    return v4
                """, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 8
                    v2:i32 = add v0, v1
                    v3:i32 = const 3
                    v5:i32 = const -3
                    v6:i32 = const 5
                    v4:i32 = add v0, v6
                    return v4
                """);
    }

    @Test
    void conditionsAskNotWhetherTheyHold() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32, v2:f32):
                    v3:i32 = const 0
                    v4:i32 = icmp.lt_s v0, v1
                    v5:i32 = icmp.eq v4, v3
                    v6:i32 = icmp.eq v5, v3
                    v7:i32 = fcmp.lt v2, v2
                    v8:i32 = icmp.eq v7, v3
                    v9:i32 = icmp.ne v0, v3
                    trap_if.unreachable v9
                    branch v6, block1, block2
                block1:
                    return v5
                block2:
                    return v8
                """, """
                function f -> i32
                block0(v0:i32, v1:i32, v2:f32):
                    v3:i32 = const 0
                    v4:i32 = icmp.lt_s v0, v1
                    v5:i32 = icmp.ge_s v0, v1
                    v6:i32 = icmp.lt_s v0, v1
                    v7:i32 = fcmp.lt v2, v2
                    v8:i32 = icmp.eq v7, v3
                    v9:i32 = icmp.ne v0, v3
                    trap_if.unreachable v0
                    branch v6, block1, block2
                block1:
                    return v5
                block2:
                    return v8
                """);
    }

    @Test
    void branchesOnConstantsBecomeJumps() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 0
                    branch v1, block1(v0), block2
                block1(v2:i32):
                    return v2
                block2:
                    v3:i32 = const 9
                    switch v3, block1(v1), block1(v3), block3
                block3:
                    return v0
                """, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 0
                    jump block2
                block1(v2:i32):
                    return v2
                block2:
                    v3:i32 = const 9
                    jump block3
                block3:
                    return v0
                """);
    }

    @Test
    void trapsOnConstantsGoOrEndTheirBlock() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 0
                    trap_if.unreachable v1
                    v2:i32 = icmp.eq v1, v1
                    trap_if.integer_overflow v2
                    v3:i32 = load v0, 0
                    branch v3, block1, block2
                block1:
                    return v0
                block2:
                    return v0
                """, """
                function f -> i32
                block0(v0:i32):
                    v1:i32 = const 0
                    v2:i32 = const 1
                    trap.integer_overflow
                block1:
                    return v0
                block2:
                    return v0
                """);
    }
}

package dev.mayfly.compiler.ssa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1:i64 = add v0, v0; return               | cannot take",
                "v1:i32 = const 1; v2:i64 = const 1; v3:i32 = add v1, v2; return | cannot take",
                "v1:i32 = const 1                          | a block ends with a terminator",
                "return; return                            | a terminator is the last",
                "jump                                      | a terminator has its edges",
                "branch v0, block1(v0)                     | a terminator has its edges",
                "jump block1                               | an argument for every parameter",
                "v1:i64 = const 1; jump block1(v1)         | the parameters' types",
                "return v0                                 | cannot take",
                "jump block0                               | nothing leads to the entry",
                "v2:i32 = add v1, v0; v1:i32 = const 1; return | defined before its use",
                "v2:i32 = add v99, v0; return              | defined before its use",
                "v1:i32 = builtin.memory_grow v0, v0; return | cannot take",
                "v1:i32 = bitcast v0; v2:f64 = bitcast v0; return | cannot take"
            })
    void whatBreaksARuleIsFound(String instructions, String rule) {
        Function function = FunctionParser.parse(
                "function f\nblock0(v0:i32):\n" + instructions.replace("; ", "\n") + "\nblock1(v99:i32):\nreturn\n");

        assertThatThrownBy(() -> Verifier.verify(function))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(rule);
    }
}

package dev.mayfly.compiler.ssa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.abi.TrapCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTextTest {

    private static final String EVERY_FORM = """
            function forms -> i64, f32
            block0(v0:i32, v1:i64, v2:f32, v3:f64):
                v4:i32 = const -7
                v5:f32 = const 1.5
                v6:f64 = const nan:7ff8000000000001
                v7:i32 = icmp.lt_u v0, v4
                v8:i32 = fcmp.ge v2, v5
                v9:i64 = load.align1 v0, 4294967295
                v10:i64 = load v0, 8
                v11:i32 = load8_u v0, 0
                store16.align1 v0, v11, 12
                store v0, v3, 0
                v12:i64 = global_get 3
                global_set 4, v2
                v13:i64 = table_load 1, v0
                v14:i32, v15:f32 = call 17, v0, v1
                v16:i64 = reference_code v13
                call_indirect v16, v2
                v17:i32 = builtin.memory_grow v4
                trap_if.integer_divide_by_zero v7
                branch v8, block1(v1), block2(v14, v2)
            block1(v18:i64):
                switch v0, block1(v18), block3, block1(v9)
            block2(v19:i32, v20:f32):
                jump block3
            block3:
                return v1, v2
            """;

    @Test
    void whatIsReadIsWrittenAgain() {
        Function function = FunctionParser.parse(EVERY_FORM);

        assertThat(FunctionPrinter.print(function)).isEqualTo(EVERY_FORM);
        Verifier.verify(function);
    }

    @Test
    void valuesAreNumberedInTheOrderOfTheText() {
        Function function = FunctionParser.parse("""
                function f -> i32
                block7(v10:i32): ; a comment
                    v20:i32 = add v10, v10 @1f
                    return v20 @20
                """);

        assertThat(FunctionPrinter.printWithPositions(function)).isEqualTo("""
                function f -> i32
                block0(v0:i32):
                    v1:i32 = add v0, v0 @1f
                    return v1 @20
                """);
    }

    @Test
    void theBuilderAppends() {
        Function function = new Function("abs", List.of(Type.I32), List.of(Type.I32));
        FunctionBuilder builder = new FunctionBuilder(function);
        int zero = builder.constant(Type.I32, 0x1_0000_0000L);
        int negative = builder.compare(IntCondition.LT_S, 0, zero);
        builder.returnValues(builder.select(negative, builder.operate(Opcode.SUB, zero, 0), 0));

        assertThat(FunctionPrinter.print(function)).isEqualTo("""
                function abs -> i32
                block0(v0:i32):
                    v1:i32 = const 0
                    v2:i32 = icmp.lt_s v0, v1
                    v3:i32 = sub v1, v0
                    v4:i32 = select v2, v3, v0
                    return v4
                """);
    }

    @Test
    void instructionsAreInsertedAndRemovedAnywhereInABlock() {
        Function function = FunctionParser.parse("""
                function f
                block0(v0:i32):
                    trap_if.unreachable v0
                    trap_if.unreachable v0
                    return
                """);
        int first = function.blocks().firstInstruction(Function.ENTRY);
        int last = function.blocks().lastInstruction(Function.ENTRY);
        function.insertBefore(first, trapIf(function, TrapCode.STACK_OVERFLOW));
        function.insertBefore(last, trapIf(function, TrapCode.INTEGER_OVERFLOW));
        function.remove(first);
        function.remove(function.blocks().firstInstruction(Function.ENTRY));

        Verifier.verify(function);
        assertThat(FunctionPrinter.print(function)).isEqualTo("""
                function f
                block0(v0:i32):
                    trap_if.unreachable v0
                    trap_if.integer_overflow v0
                    return
                """);
    }

    private static int trapIf(Function function, TrapCode code) {
        return function.createInstruction(Opcode.TRAP_IF, 0, code.ordinal(), 0, 0);
    }

    @Test
    void textWithoutTheFormIsRefused() {
        assertThatThrownBy(() -> FunctionParser.parse("function f\nblock0:\n    frobnicate v1\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FunctionParser.parse("function f\nblock0:\n    return v1\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

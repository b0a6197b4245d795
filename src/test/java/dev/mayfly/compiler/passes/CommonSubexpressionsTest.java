package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class CommonSubexpressionsTest {

    private final Pass pass = new CommonSubexpressions();

    @Test
    void whatADominatingBlockComputedIsNotComputedAgain() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = const 7
                    v3:i32 = add v0, v2
                    branch v3, block1, block2
                block1:
                    v4:i32 = const 7
                    v5:i32 = add v0, v4
                    v6:i32 = mul v5, v3
                    return v6
                block2:
                    v7:i32 = mul v3, v3
                    return v7
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = const 7
                    v3:i32 = add v0, v2
                    branch v3, block1, block2
                block1:
                    v6:i32 = mul v3, v3
                    return v6
                block2:
                    v7:i32 = mul v3, v3
                    return v7
                """);
    }

    @Test
    void aCheckThatWasPassedIsNotRepeated() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    trap_if.integer_divide_by_zero v1
                    v2:i32 = div_u v0, v1
                    trap_if.integer_divide_by_zero v1
                    v3:i32 = div_u v0, v1
                    trap_if.unreachable v1
                    v4:i32 = add v2, v3
                    return v4
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    trap_if.integer_divide_by_zero v1
                    v2:i32 = div_u v0, v1
                    trap_if.unreachable v1
                    v4:i32 = add v2, v2
                    return v4
                """);
    }

    @Test
    void whatDiffersInTypeOrConditionOrReadsMemoryStays() {
        String text = """
                function f -> i32
                block0(v0:i64, v1:i32):
                    v2:f32 = const 0.0
                    v3:i32 = const 0
                    v4:i32 = icmp.lt_s v1, v3
                    v5:i32 = icmp.lt_u v1, v3
                    v6:i32 = load v1, 0
                    v7:i32 = load v1, 0
                    v8:i64 = global_get 0
                    v9:i64 = global_get 0
                    v10:i32 = trunc_s v2
                    v11:i64 = trunc_s v2
                    return v7
                """;
        PassTester.check(pass, text, text);
    }
}

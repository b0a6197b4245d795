package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class DeadCodeTest {

    private final Pass pass = new DeadCode();

    @Test
    void whatNobodyNeedsGoes() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = add v0, v1
                    v3:i32 = mul v2, v2
                    v4:i32 = table_size 0
                    return v2
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = add v0, v1
                    return v2
                """);
    }

    @Test
    void valuesThatOnlyNeedEachOtherAroundALoopGo() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0, v0)
                block1(v1:i32, v2:i32):
                    v3:i32 = add v1, v1
                    v4:i32 = mul v2, v2
                    branch v3, block1(v3, v4), block2
                block2:
                    return v3
                """, """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0)
                block1(v1:i32):
                    v3:i32 = add v1, v1
                    branch v3, block1(v3), block2
                block2:
                    return v3
                """);
    }

    @Test
    void whatMayTrapOrChangesSomethingStays() {
        String text = """
                function f
                block0(v0:i32, v1:f32):
                    v2:i32 = load v0, 0
                    v3:i32 = trunc_s v1
                    store v0, v0, 0
                    global_set 0, v1
                    v4:i32 = call 0, v0
                    v5:i32 = builtin.memory_grow v0
                    trap_if.unreachable v0
                    return
                """;
        PassTester.check(pass, text, text);
    }
}

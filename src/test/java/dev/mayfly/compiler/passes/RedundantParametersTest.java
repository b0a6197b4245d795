package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class RedundantParametersTest {

    private final Pass pass = new RedundantParameters();

    @Test
    void aParameterWithOneValueGivesWayToIt() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    branch v0, block1(v0, v1), block1(v0, v0)
                block1(v2:i32, v3:i32):
                    v4:i32 = add v2, v3
                    return v4
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    branch v0, block1(v1), block1(v0)
                block1(v3:i32):
                    v4:i32 = add v0, v3
                    return v4
                """);
    }

    @Test
    void aParameterThatALoopPassesOnIsNoOtherValue() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    jump block1(v0, v1)
                block1(v2:i32, v3:i32):
                    v4:i32 = add v3, v2
                    branch v4, block1(v2, v4), block2
                block2:
                    return v2
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    jump block1(v1)
                block1(v3:i32):
                    v4:i32 = add v3, v0
                    branch v4, block1(v4), block2
                block2:
                    return v0
                """);
    }

    @Test
    void nestedLoopsPassOneValueThroughAllTheirHeaders() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0)
                block1(v1:i32):
                    jump block2(v1)
                block2(v2:i32):
                    branch v2, block2(v2), block3(v2)
                block3(v3:i32):
                    branch v3, block1(v3), block4(v3)
                block4(v4:i32):
                    return v4
                """, """
                function f -> i32
                block0(v0:i32):
                    jump block1
                block1:
                    jump block2
                block2:
                    branch v0, block2, block3
                block3:
                    branch v0, block1, block4
                block4:
                    return v0
                """);
    }

    @Test
    void valuesThatALoopSwapsStay() {
        String swap = """
                function f -> i32
                block0(v0:i32, v1:i32):
                    jump block1(v0, v1)
                block1(v2:i32, v3:i32):
                    branch v3, block1(v3, v2), block2
                block2:
                    return v2
                """;
        PassTester.check(pass, swap, swap);
    }
}

package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class StraightLinesTest {

    @Test
    void aBlockThatOnlyOneJumpLeadsToContinuesTheOneBefore() {
        PassTester.check(new StraightLines(), """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0)
                block1(v1:i32):
                    v2:i32 = add v1, v1
                    jump block2(v2, v1)
                block2(v3:i32, v4:i32):
                    branch v3, block3, block4
                block3:
                    return v3
                block4:
                    return v4
                """, """
                function f -> i32
                block0(v0:i32):
                    v2:i32 = add v0, v0
                    branch v2, block3, block4
                block3:
                    return v2
                block4:
                    return v0
                """);
    }

    @Test
    void loopsAreNoStraightLines() {
        String loop = """
                function f
                block0(v0:i32):
                    jump block1
                block1:
                    branch v0, block2, block3
                block2:
                    jump block1
                block3:
                    jump block3
                """;
        PassTester.check(new StraightLines(), loop, loop);
    }
}

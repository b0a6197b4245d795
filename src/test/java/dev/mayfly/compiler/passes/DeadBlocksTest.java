package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class DeadBlocksTest {

    @Test
    void blocksThatNothingLeadsToGoWithTheirEdges() {
        PassTester.check(new DeadBlocks(), """
                function f -> i32
                block0(v0:i32):
                    jump block2(v0)
                block1(v1:i32):
                    branch v1, block1(v1), block2(v1)
                block2(v2:i32):
                    return v2
                """, """
                function f -> i32
                block0(v0:i32):
                    jump block2(v0)
                block2(v2:i32):
                    return v2
                """);
    }
}

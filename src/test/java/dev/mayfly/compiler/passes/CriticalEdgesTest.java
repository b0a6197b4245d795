package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class CriticalEdgesTest {

    private final Pass pass = new CriticalEdges();

    @Test
    void anEdgeFromManyToManyGetsABlock() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0)
                block1(v1:i32):
                    branch v1, block1(v1), block2
                block2:
                    return v1
                """, """
                function f -> i32
                block0(v0:i32):
                    jump block1(v0)
                block1(v1:i32):
                    branch v1, block3, block2
                block2:
                    return v1
                block3:
                    jump block1(v1)
                """);
    }

    @Test
    void aBlockWithSeveralSuccessorsPassesNoArguments() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32):
                    branch v0, block1(v0), block2
                block1(v1:i32):
                    return v1
                block2:
                    return v0
                """, """
                function f -> i32
                block0(v0:i32):
                    branch v0, block3, block2
                block1(v1:i32):
                    return v1
                block2:
                    return v0
                block3:
                    jump block1(v0)
                """);
    }

    @Test
    void entriesOfASwitchThatPassTheSameShareABlock() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    switch v0, block1(v0), block1(v0), block1(v1), block1(v1), block2
                block1(v2:i32):
                    return v2
                block2:
                    return v0
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    switch v0, block3, block3, block4, block4, block2
                block1(v2:i32):
                    return v2
                block2:
                    return v0
                block3:
                    jump block1(v0)
                block4:
                    jump block1(v1)
                """);
    }
}

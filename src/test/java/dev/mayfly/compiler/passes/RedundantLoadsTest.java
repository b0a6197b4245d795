package dev.mayfly.compiler.passes;

import org.junit.jupiter.api.Test;

class RedundantLoadsTest {

    private final Pass pass = new RedundantLoads();

    @Test
    void whatWasReadOrWrittenIsNotReadAgain() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 8
                    v3:i32 = load v0, 8
                    v4:i32 = global_get 0
                    global_set 0, v1
                    v5:i32 = global_get 0
                    v6:i32 = load v0, 8
                    store v0, v1, 12
                    v7:i32 = load v0, 12
                    v8:i32 = call 0, v2, v3, v4, v5, v6, v7
                    return v8
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 8
                    v4:i32 = global_get 0
                    global_set 0, v1
                    store v0, v1, 12
                    v8:i32 = call 0, v2, v2, v4, v1, v2, v1
                    return v8
                """);
    }

    @Test
    void whatMayHaveChangedIsReadAgain() {
        String function = """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 8
                    v3:i64 = memory_bytes
                    store8 v1, v1, 0
                    v4:i32 = load v0, 8
                    v5:f32 = load v0, 8
                    v6:i32 = load v0, 9
                    v7:i32 = global_get 0
                    v8:i32 = table_size 0
                    v9:i32 = call 0, v2, v4, v5, v6, v7, v8
                    v10:i32 = load v0, 8
                    v11:i32 = global_get 0
                    v12:i32 = table_size 0
                    v13:i64 = memory_bytes
                    v14:i32 = call 0, v3, v9, v10, v11, v12, v13
                    return v14
                """;
        PassTester.check(pass, function, function);
    }

    @Test
    void pathsThatChangeNothingMeetWithWhatWasKnownBefore() {
        PassTester.check(pass, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 0
                    v3:i32 = global_get 1
                    branch v1, block1, block2
                block1:
                    v4:i32 = load v1, 0
                    jump block3(v4)
                block2:
                    global_set 1, v1
                    v5:i32 = load v1, 0
                    jump block3(v5)
                block3(v6:i32):
                    v7:i32 = load v0, 0
                    v8:i32 = global_get 1
                    v9:i32 = load v1, 0
                    v10:i32 = call 0, v2, v3, v6, v7, v8, v9
                    return v10
                """, """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 0
                    v3:i32 = global_get 1
                    branch v1, block1, block2
                block1:
                    v4:i32 = load v1, 0
                    jump block3(v4)
                block2:
                    global_set 1, v1
                    v5:i32 = load v1, 0
                    jump block3(v5)
                block3(v6:i32):
                    v8:i32 = global_get 1
                    v9:i32 = load v1, 0
                    v10:i32 = call 0, v2, v3, v6, v2, v8, v9
                    return v10
                """);
    }

    @Test
    void aLoopMayHaveChangedWhatWasKnownBeforeIt() {
        String function = """
                function f -> i32
                block0(v0:i32, v1:i32):
                    v2:i32 = load v0, 0
                    jump block1
                block1:
                    v3:i32 = load v0, 0
                    store v0, v1, 0
                    branch v3, block1, block2
                block2:
                    v4:i32 = add v2, v3
                    return v4
                """;
        PassTester.check(pass, function, function);
    }
}

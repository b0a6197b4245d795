package dev.mayfly.compiler.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.UnsupportedModuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendTest {

    private static void check(String wat, String expected) throws ModuleException {
        assertThat(FunctionPrinter.print(Translation.ofText(wat))).isEqualTo(expected);
    }

    @Test
    void aLoopTakesTheLocalsThatItAssigns() throws ModuleException {
        check("""
                (module (func (param $n i32) (param $k i32) (result i32) (local $sum i32)
                  (loop $next
                    (local.set $sum (i32.add (local.get $sum) (local.get $n)))
                    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                  (i32.add (local.get $sum) (local.get $k))))
                """, """
                function function[0] -> i32
                block0(v0:i32, v1:i32):
                    v7:i32 = const 0
                    jump block1(v7, v0)
                block1(v2:i32, v3:i32):
                    v4:i32 = add v2, v3
                    v5:i32 = const 1
                    v6:i32 = sub v3, v5
                    branch v6, block1(v4, v6), block2
                block2:
                    v8:i32 = add v4, v1
                    return v8
                """);
    }

    @Test
    void anIfWithoutElsePassesWhatItWasGiven() throws ModuleException {
        check("""
                (module (func (param i32) (result i32)
                  (i32.const 7)
                  (if (param i32) (result i32) (local.get 0) (then (i32.clz)))))
                """, """
                function function[0] -> i32
                block0(v0:i32):
                    v1:i32 = const 7
                    branch v0, block1, block3(v1)
                block1:
                    v2:i32 = clz v1
                    jump block3(v2)
                block3(v3:i32):
                    return v3
                """);
    }

    @Test
    void whatControlCannotReachIsLeftOut() throws ModuleException {
        check("""
                (module (func (param i32) (result i32)
                  (block (result i32)
                    (if (local.get 0)
                      (then (return (i32.const 1)) (drop (i32.add)) (block (br 0)))
                      (else (unreachable) (loop (br 0))))
                    (i32.const 2))))
                """, """
                function function[0] -> i32
                block0(v0:i32):
                    branch v0, block1, block2
                block1:
                    v1:i32 = const 1
                    return v1
                block2:
                    trap.unreachable
                """);
    }

    @Test
    void aSwitchPassesTheSameToAllItsLabels() throws ModuleException {
        check("""
                (module (func (param i32) (result i32)
                  (block $a (result i32)
                    (block $b (result i32)
                      (br_table $a $b $b (i32.const 5) (local.get 0)))
                    (i32.ctz))))
                """, """
                function function[0] -> i32
                block0(v0:i32):
                    v1:i32 = const 5
                    switch v0, block1(v1), block2(v1), block2(v1)
                block2(v3:i32):
                    v4:i32 = ctz v3
                    jump block1(v4)
                block1(v2:i32):
                    return v2
                """);
    }

    @Test
    void anIndirectCallChecksBoundsNullAndType() throws ModuleException {
        check("""
                (module
                  (type $unused (func))
                  (type $same (func (param i64) (result i64 f32)))
                  (type $other (func (param i64) (result i64 f32)))
                  (table 3 funcref)
                  (func (param i64 i32) (result i64 f32)
                    (call_indirect (type $other) (local.get 0) (local.get 1))))
                """, """
                function function[0] -> i64, f32
                block0(v0:i64, v1:i32):
                    v2:i32 = table_size 0
                    v3:i32 = icmp.ge_u v1, v2
                    trap_if.table_out_of_bounds v3
                    v4:i64 = table_load 0, v1
                    v5:i64 = const 0
                    v6:i32 = icmp.eq v4, v5
                    trap_if.indirect_call_to_null v6
                    v7:i32 = reference_type v4
                    v8:i32 = const 1
                    v9:i32 = icmp.ne v7, v8
                    trap_if.indirect_call_type_mismatch v9
                    v10:i64 = reference_code v4
                    v11:i64, v12:f32 = call_indirect v10, v0
                    return v11, v12
                """);
    }

    @Test
    void aDivisionChecksItsDivisor() throws ModuleException {
        check("(module (func (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1))))", """
                function function[0] -> i64
                block0(v0:i64, v1:i64):
                    v2:i64 = const 0
                    v3:i32 = icmp.eq v1, v2
                    trap_if.integer_divide_by_zero v3
                    v4:i64 = const -9223372036854775808
                    v5:i64 = const -1
                    v6:i32 = icmp.eq v1, v5
                    v7:i32 = icmp.eq v0, v4
                    v8:i32 = and v6, v7
                    trap_if.integer_overflow v8
                    v9:i64 = div_s v0, v1
                    return v9
                """);
    }

    @Test
    void instructionsKnowWhereTheyStemFrom() throws ModuleException {
        Function function = Translation.ofModule(Translation.module(new byte[] {0, 0x20, 0, 0x45, 0x1A, 0}), 10);

        assertThat(FunctionPrinter.printWithPositions(function)).isEqualTo("""
                function function[0]
                block0(v0:i32):
                    v1:i32 = const 0 @1a
                    v2:i32 = icmp.eq v0, v1 @1a
                    trap.unreachable @1c
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(module (func (param v128)))",
                "(module (func (local v128)))",
                "(module (func (block (result v128) (unreachable)) (drop)))",
                "(module (global v128 (v128.const i64x2 0 0)) (func))",
                "(module (memory 1) (func (drop (v128.load (i32.const 0)))))",
                "(module (func (drop (i32x4.splat (i32.const 0)))))"
            })
    void vectorsAreUnsupported(String wat) {
        assertThatThrownBy(() -> Translation.ofText(wat))
                .isInstanceOf(UnsupportedModuleException.class)
                .hasMessageContaining("v128");
    }
}

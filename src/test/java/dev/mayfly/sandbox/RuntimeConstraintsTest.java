package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.sandbox.ModuleConstraintException.Kind;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasm.Module;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeConstraintsTest {

    private static final InstanceLimits INSTANCE = new InstanceLimits(16, 1_000, 512 << 10);
    private static final String START = "(func (export \"_start\"))";

    private final RuntimeConstraints constraints = new RuntimeConstraints(new ModuleLimits(3, 4, 2, 2, 100));

    @Test
    void acceptsACommandThatImportsWasi() {
        accept("""
                (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
                (import "wasi_snapshot_preview1" "clock_time_get" (func (param i32 i64 i32) (result i32)))
                (memory (export "memory") 16) (func (export "_start"))
                """, Optional.empty());
    }

    @Test
    void acceptsAReactorWithAConfiguredFunction() {
        accept(
                "(func (export \"_initialize\")) (func (export \"f\") (param i32 f64) (result i64) unreachable)",
                Optional.of("f"));
        accept("(func (export \"f\"))", Optional.of("f"));
    }

    @Test
    void tellsCommandsFromReactors() {
        assertThat(ModuleKind.of(module(START))).isEqualTo(ModuleKind.COMMAND);
        assertThat(ModuleKind.of(module("(func (export \"_initialize\"))"))).isEqualTo(ModuleKind.REACTOR);
        assertThat(ModuleKind.of(module("(func (export \"f\"))"))).isEqualTo(ModuleKind.REACTOR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (import "env" "abort" (func))                        | declared but not linked
                    (import "wasi_unstable" "proc_exit" (func (param i32))) | preview 0
                    (import "other" "f" (func))                          | only functions of wasi_snapshot_preview1
                    (import "wasi_snapshot_preview1" "fd_fly" (func))    | no function of this name
                    (import "wasi_snapshot_preview1" "proc_exit" (func)) | has type func () -> (), expected func (i32) -> ()
                    (import "wasi_snapshot_preview1" "proc_exit" (global i32)) | has type global i32
                    (import "wasi_snapshot_preview1" "memory" (memory 1)) | no function of this name
                    (import "env" "memory" (memory 1))                   | unknown import
                    (import "env" "table" (table 1 funcref))             | unknown import
                    (import "env" "global" (global i32))                 | unknown import
                    """)
    void refusesImportsItDoesNotHave(String wanted, String message) {
        ModuleConstraintException refusal = refusal(wanted + START, Optional.empty());
        assertThat(refusal.kind()).isEqualTo(Kind.UNKNOWN_IMPORT);
        assertThat(refusal).hasMessageContaining(message);
        assertThat(refusal.offset().getAsLong()).isGreaterThan(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (func (export "_start") (param i32))                        |   | has type (i32) -> (), expected () -> ()
                    (memory (export "_start") 1)                                |   | is no function but a memory
                    (func (export "_start")) (func (export "_initialize"))      |   | both _start and _initialize
                    (func (export "_start")) (func (export "f"))                | f | is a command
                    (func (export "f"))                                         |   | no other function is configured
                    (func (export "f"))                                         | g | does not export a function "g"
                    (func (export "f") (param externref))                       | f | only i32, i64, f32 and f64
                    (func (export "f") (result v128) unreachable)               | f | only i32, i64, f32 and f64
                    (func (export "_initialize") (param i32)) (func (export "f")) | f | expected () -> ()
                    (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))) (memory 1) (func (export "_start")) | | does not export its memory
                    """)
    void refusesModulesItCannotEnter(String fields, String entryPoint, String message) {
        ModuleConstraintException refusal = refusal(fields, Optional.ofNullable(entryPoint));
        assertThat(refusal.kind()).isEqualTo(Kind.NO_ENTRY_POINT);
        assertThat(refusal).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    memory        | (memory 17)
                    tableElements | (table 1001 funcref)
                    tables        | (table 1 funcref) (table 1 funcref) (table 1 funcref)
                    globals       | (global i32 i32.const 0) (global i32 i32.const 0) (global i32 i32.const 0)
                    exports       | (func (export "a") (export "b") (export "c") (export "d"))
                    """)
    void namesTheLimitThatIsExceeded(String limit, String fields) {
        ModuleConstraintException refusal = refusal(fields + START, Optional.empty());
        assertThat(refusal.kind()).isEqualTo(Kind.LIMIT);
        assertThat(refusal.limit()).hasValue(limit);
        assertThat(refusal).hasMessageContaining("limit " + limit);
    }

    @Test
    void limitsTheInitialMemoryWhateverTheFunctionMayUse() {
        InstanceLimits generous = new InstanceLimits(65_536, 1_000, 512 << 10);
        ModuleConstraintException refusal = catchThrowableOfType(
                ModuleConstraintException.class,
                () -> constraints.check(module("(memory 101)" + START), generous, Optional.empty()));
        assertThat(refusal.limit()).hasValue("initialMemoryPages");
    }

    private void accept(String fields, Optional<String> entryPoint) {
        assertThatCode(() -> constraints.check(module(fields), INSTANCE, entryPoint))
                .doesNotThrowAnyException();
    }

    private ModuleConstraintException refusal(String fields, Optional<String> entryPoint) {
        return catchThrowableOfType(
                ModuleConstraintException.class, () -> constraints.check(module(fields), INSTANCE, entryPoint));
    }

    private static Module module(String fields) {
        return Wat.decode(Wat.toBinary("(module " + fields + ")"));
    }
}

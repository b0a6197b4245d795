package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.wasi.GuestInput;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestedEngine.class)
class EngineTest {

    static final String ECHO = """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 2)
              (func (export "_start")
                (loop $again
                  (i32.store (i32.const 0) (i32.const 4096))
                  (i32.store (i32.const 4) (i32.const 65536))
                  (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
                  (if (i32.eqz (i32.load (i32.const 8))) (then (return)))
                  (i32.store (i32.const 4) (i32.load (i32.const 8)))
                  (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)) (then unreachable))
                  (br $again))))
            """;

    private static EngineFixture engine;

    @Parameter
    @SuppressWarnings("UnusedVariable") // reports name it
    private TestedEngine tested;

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine tested) throws EngineException {
        engine = new EngineFixture(tested.open());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        engine.close();
    }

    @Test
    void commandThatReturnsExitsWithZero() {
        assertThat(engine.command("(module (func (export \"_start\")))")).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void commandExitsWithTheCodeItGives() {
        String exit = """
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (memory (export "memory") 1)
                  (func (export "_start") (call $exit (i32.const 42)) unreachable))
                """;
        assertThat(engine.command(exit)).isEqualTo(new Outcome.Exited(42));
    }

    @Test
    void copiesStandardInputToStandardOutput() {
        CapturedOutput stdout = new CapturedOutput();
        try (ExecutableModule echo = engine.compile(ECHO)) {
            Execution execution = engine.run(
                    echo,
                    EngineFixture.command(BytesInput.of("Mayfly"), stdout),
                    Interruption.after(Duration.ofMinutes(1)));
            assertThat(execution.outcome()).isEqualTo(new Outcome.Exited(0));
            assertThat(execution.peakMemoryBytes()).isEqualTo(2 * 65536);
        }
        assertThat(stdout.text()).isEqualTo("Mayfly");
    }

    @Test
    void reactorTakesAndReturnsTypedValues() {
        String sum = """
                (module (func (export "f") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
                  local.get 3 local.get 2 local.get 1 local.get 0))
                """;
        Outcome outcome = engine.call(
                sum,
                "f",
                new WasmValue.I32(-1),
                new WasmValue.I64(Long.MIN_VALUE),
                new WasmValue.F32(1.5f),
                new WasmValue.F64(-0.25));
        assertThat(((Outcome.Returned) outcome).results())
                .containsExactly(
                        new WasmValue.F64(-0.25),
                        new WasmValue.F32(1.5f),
                        new WasmValue.I64(Long.MIN_VALUE),
                        new WasmValue.I32(-1));
    }

    @Test
    void endsAComputingCommandAtItsDeadline() {
        try (ExecutableModule loop = engine.compile("(module (func (export \"_start\") (loop (br 0))))")) {
            Execution execution = engine.run(
                    loop,
                    EngineFixture.command(GuestInput.empty(), new CapturedOutput()),
                    Interruption.after(Duration.ofSeconds(1)));
            assertThat(execution.outcome()).isEqualTo(new Outcome.Interrupted(Interruption.Reason.DEADLINE));
            assertThat(execution.run()).isGreaterThan(Duration.ofMillis(20));
        }
    }

    @Test
    void refusesThreadsWhoseStackMayBeTooSmall() {
        try (ExecutableModule module = engine.compile("(module (func (export \"_start\")))")) {
            assertThatThrownBy(() -> module.run(
                            EngineFixture.command(GuestInput.empty(), new CapturedOutput()),
                            Interruption.after(Duration.ofSeconds(1))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("InstanceThread");
        }
    }
}

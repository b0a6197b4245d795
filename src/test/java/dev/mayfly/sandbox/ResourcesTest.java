package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.SilentInput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestedEngine.class)
class ResourcesTest {

    private static final InstanceLimits TEN_PAGES = new InstanceLimits(10, 20, 64 << 10);

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

    @ParameterizedTest
    @ValueSource(strings = {"(memory 1)", "(memory 1 1000)", "(memory 1 65536)"})
    void memoryGrowsUpToTheLimitAndNoFurther(String memory) {
        String grow = "(module " + memory
                + " (func (export \"f\") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size)))";
        assertThat(grow(grow, 9)).containsExactly(new WasmValue.I32(1), new WasmValue.I32(10));
        assertThat(grow(grow, 10)).containsExactly(new WasmValue.I32(-1), new WasmValue.I32(1));
    }

    @Test
    void aMaximumBelowTheLimitStays() {
        String grow = "(module (memory 1 3)"
                + " (func (export \"f\") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size)))";
        assertThat(grow(grow, 2)).containsExactly(new WasmValue.I32(1), new WasmValue.I32(3));
        assertThat(grow(grow, 3)).containsExactly(new WasmValue.I32(-1), new WasmValue.I32(1));
    }

    @Test
    void tablesGrowUpToTheLimitAndNoFurther() {
        String grow = """
                (module (table 5 funcref) (table 0 externref)
                  (func (export "f") (param i32) (result i32 i32)
                    (table.grow 0 (ref.null func) (local.get 0)) (table.size 0)))
                """;
        assertThat(grow(grow, 15)).containsExactly(new WasmValue.I32(5), new WasmValue.I32(20));
        assertThat(grow(grow, 16)).containsExactly(new WasmValue.I32(-1), new WasmValue.I32(5));
    }

    private static List<WasmValue> grow(String text, int delta) {
        try (ExecutableModule module = engine.compile(Wat.toBinary(text), TEN_PAGES)) {
            Execution execution = run(module, EngineFixture.reactor("f", new WasmValue.I32(delta)));
            return ((Outcome.Returned) execution.outcome()).results();
        }
    }

    @Test
    void systemCallsReachAMemoryThatWasEmptyAtFirst() {
        String text = """
                (module
                  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
                  (memory (export "memory") 0)
                  (func (export "f") (result i32 i32 i32)
                    (call $random (i32.const 0) (i32.const 1))
                    (drop (memory.grow (i32.const 1)))
                    (call $random (i32.const 0) (i32.const 65536))
                    (i32.ne (i32.const 0) (i32.or (i32.load (i32.const 0)) (i32.load (i32.const 65532))))))
                """;
        assertThat(((Outcome.Returned) engine.call(text, "f")).results())
                .containsExactly(new WasmValue.I32(21), new WasmValue.I32(0), new WasmValue.I32(1));
    }

    @Test
    void systemCallsNearTheEndOfTheLargestStackAreSafe() {
        String text = """
                (module (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
                  (memory (export "memory") 1)
                  (func $recurse (param i32)
                    (if (i32.eqz (i32.rem_u (local.get 0) (i32.const 97)))
                      (then (drop (call $time (i32.const 1) (i64.const 1) (i32.const 0)))))
                    (call $recurse (i32.add (local.get 0) (i32.const 1))))
                  (func (export "_start") (call $recurse (i32.const 0))))
                """;
        InstanceLimits largest = new InstanceLimits(10, 20, InstanceLimits.MAX_STACK_BYTES);
        try (ExecutableModule module = engine.compile(Wat.toBinary(text), largest)) {
            Outcome outcome = run(module, EngineFixture.command(GuestInput.empty(), new CapturedOutput()))
                    .outcome();
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Trapped.class, trapped -> assertThat(trapped.kind())
                    .isEqualTo(TrapKind.STACK_OVERFLOW));
        }
    }

    @Test
    void systemCallsReachMemoryThatWasJustGrown() {
        String text = """
                (module
                  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "f") (result i32 i32)
                    (call $random (i32.const 0) (i32.const 65537))
                    (drop (memory.grow (i32.const 1)))
                    (call $random (i32.const 65536) (i32.const 65536))))
                """;
        assertThat(((Outcome.Returned) engine.call(text, "f")).results())
                .containsExactly(new WasmValue.I32(21), new WasmValue.I32(0));
    }

    @Test
    void reportsMemoryAtItsLargest() {
        String text = "(module (memory 1) (func (export \"f\") (drop (memory.grow (i32.const 4)))))";
        try (ExecutableModule module = engine.compile(Wat.toBinary(text), TEN_PAGES)) {
            assertThat(run(module, EngineFixture.reactor("f")).peakMemoryBytes())
                    .isEqualTo(5 * 65536);
        }
    }

    @Test
    void eachInstanceStartsAfresh() {
        String text = """
                (module (memory 1) (global $g (mut i32) (i32.const 0))
                  (func (export "f") (result i32 i32)
                    (global.set $g (i32.add (global.get $g) (i32.const 1)))
                    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                    (global.get $g) (i32.load (i32.const 0))))
                """;
        try (ExecutableModule module = engine.compile(Wat.toBinary(text), TEN_PAGES)) {
            for (int i = 0; i < 3; i++) {
                assertThat(run(module, EngineFixture.reactor("f")).outcome())
                        .isEqualTo(new Outcome.Returned(List.of(new WasmValue.I32(1), new WasmValue.I32(1))));
            }
        }
    }

    @Test
    void startFunctionRunsBeforeTheInitializerAndThatBeforeTheFunction() {
        String text = """
                (module (global $g (mut i32) (i32.const 1))
                  (func $start (global.set $g (i32.mul (global.get $g) (i32.const 10))))
                  (func (export "_initialize") (global.set $g (i32.add (global.get $g) (i32.const 7))))
                  (func (export "f") (result i32) (global.get $g))
                  (start $start))
                """;
        assertThat(engine.call(text, "f")).isEqualTo(new Outcome.Returned(List.of(new WasmValue.I32(17))));
    }

    @Test
    void tooMuchOutputEndsTheInstance() {
        CapturedOutput stdout = new CapturedOutput(3);
        try (ExecutableModule echo = engine.compile(EngineTest.ECHO)) {
            Execution execution = run(echo, EngineFixture.command(BytesInput.of("four"), stdout));
            assertThat(execution.outcome()).isEqualTo(new Outcome.LimitExceeded(Outcome.Limit.OUTPUT_BYTES));
        }
    }

    @Test
    void copiesManyMegabytesUnchanged() {
        byte[] bytes = new byte[20_000_000];
        new Random(3).nextBytes(bytes);
        CapturedOutput stdout = new CapturedOutput();
        try (ExecutableModule echo = engine.compile(EngineTest.ECHO)) {
            assertThat(run(echo, EngineFixture.command(new BytesInput(bytes), stdout))
                            .outcome())
                    .isEqualTo(new Outcome.Exited(0));
        }
        assertThat(stdout.bytes()).isEqualTo(bytes);
    }

    @Test
    void instancesRunSideBySideWithoutMixingStreams() throws Exception {
        List<Future<Execution>> running = new ArrayList<>();
        List<CapturedOutput> outputs = new ArrayList<>();
        try (ExecutableModule echo = engine.compile(EngineTest.ECHO)) {
            for (int i = 0; i < 8; i++) {
                CapturedOutput stdout = new CapturedOutput();
                outputs.add(stdout);
                String input = ("instance " + i + ' ').repeat(50_000);
                running.add(engine.start(
                        echo,
                        EngineFixture.command(BytesInput.of(input), stdout),
                        Interruption.after(Duration.ofMinutes(1))));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(running.get(i).get().outcome()).isEqualTo(new Outcome.Exited(0));
                assertThat(outputs.get(i).text()).isEqualTo(("instance " + i + ' ').repeat(50_000));
            }
        }
    }

    @Test
    void closingLetsRunningInstancesFinishAndNoOthersStart() throws Exception {
        SilentInput stdin = new SilentInput();
        ExecutableModule echo = engine.compile(EngineTest.ECHO);
        Interruption interruption = Interruption.after(Duration.ofMinutes(1));
        Future<Execution> future = engine.start(echo, EngineFixture.command(stdin, new CapturedOutput()), interruption);
        stdin.awaitReader();
        echo.close();
        echo.close();
        assertThat(future.isDone()).isFalse();
        assertThatThrownBy(() -> run(echo, EngineFixture.command(GuestInput.empty(), new CapturedOutput())))
                .hasRootCauseInstanceOf(IllegalStateException.class);
        interruption.interrupt(Interruption.Reason.CANCELLED);
        assertThat(future.get().outcome()).isEqualTo(new Outcome.Interrupted(Interruption.Reason.CANCELLED));
    }

    @Test
    void aProgramInCSeesItsArgumentsStreamsAndNothingElse() throws IOException {
        byte[] binary = Files.readAllBytes(Path.of("src/test/programs/c/inspect.wasm"));
        CapturedOutput stdout = new CapturedOutput();
        CapturedOutput stderr = new CapturedOutput();
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(),
                List.of("inspect", "--all"),
                Map.of("NAME", "Mayfly"),
                BytesInput.of("some input\n"),
                stdout,
                stderr);
        try (ExecutableModule inspect = engine.compile(binary, EngineFixture.LIMITS)) {
            assertThat(run(inspect, spec).outcome()).isEqualTo(new Outcome.Exited(3));
        }
        assertThat(stdout.text()).isEqualTo("""
                        argument 0: inspect
                        argument 1: --all
                        NAME: Mayfly
                        terminal: 0
                        open: -1, No such file or directory
                        seek: -1, Invalid seek
                        slept: 1
                        random: 1
                        malloc: 1
                        malloc beyond the limit: 0
                        SOME INPUT
                        """);
        assertThat(stderr.text()).isEqualTo("done\n");
    }

    private static Execution run(ExecutableModule module, InstanceSpec spec) {
        return engine.run(module, spec, Interruption.after(Duration.ofMinutes(1)));
    }
}

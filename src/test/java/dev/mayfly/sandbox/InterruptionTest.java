package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.Interruption.Reason;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.SilentInput;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.GuestOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestedEngine.class)
class InterruptionTest {

    /** Says that it runs, and computes for ever. */
    private static final String COMPUTE = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (i32.store (i32.const 4) (i32.const 1))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                (loop (br 0))))
            """;

    private static final String CALL_FOR_EVER = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (i32.store (i32.const 4) (i32.const 1))
                (loop (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) (br 0))))
            """;

    /** Sleeps for an hour on the monotonic clock. */
    private static final String SLEEP = """
            (module
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (i32.store (i32.const 16) (i32.const 1))
                (i64.store (i32.const 24) (i64.const 3600000000000))
                (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
            """;

    private static final Duration LONG = Duration.ofMinutes(5);

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
    void aDeadlineEndsAComputation() {
        assertEndsAtItsDeadline(COMPUTE, GuestInput.empty());
    }

    @Test
    void aDeadlineEndsARead() {
        assertEndsAtItsDeadline(EngineTest.ECHO, new SilentInput());
    }

    @Test
    void aDeadlineEndsASleep() {
        assertEndsAtItsDeadline(SLEEP, GuestInput.empty());
    }

    @Test
    void aDeadlineEndsAStartFunction() {
        String module = "(module (func $f (loop (br 0))) (start $f) (func (export \"_start\")))";
        assertEndsAtItsDeadline(module, GuestInput.empty());
    }

    @Test
    void aDeadlineThatHasPassedRunsNothing() {
        try (ExecutableModule module = engine.compile(COMPUTE)) {
            CapturedOutput stdout = new CapturedOutput();
            Execution execution = engine.run(
                    module, EngineFixture.command(GuestInput.empty(), stdout), Interruption.after(Duration.ZERO));
            assertThat(execution.outcome()).isEqualTo(new Outcome.Interrupted(Reason.DEADLINE));
            assertThat(stdout.bytes()).isEmpty();
        }
    }

    @Test
    void anotherThreadEndsTheOnlyComputation() throws Exception {
        try (ExecutableModule module = engine.compile(COMPUTE)) {
            Running computing = new Running(module, LONG);
            computing.interruption.interrupt(Reason.CLIENT_GONE);
            assertThat(computing.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CLIENT_GONE));
        }
    }

    @Test
    void endingOneComputationLeavesTheOthersAlone() throws Exception {
        try (ExecutableModule module = engine.compile(COMPUTE)) {
            Running first = new Running(module, LONG);
            Running second = new Running(module, LONG.plusMinutes(1));
            first.interruption.interrupt(Reason.CANCELLED);
            assertThat(first.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
            assertThat(second.future.isDone()).isFalse();
            second.interruption.interrupt(Reason.SHUTDOWN);
            assertThat(second.outcome()).isEqualTo(new Outcome.Interrupted(Reason.SHUTDOWN));
        }
    }

    @Test
    void aComputationBehindAnotherEndsWhenThatDoes() throws Exception {
        try (ExecutableModule module = engine.compile(COMPUTE)) {
            Running first = new Running(module, LONG);
            Running second = new Running(module, LONG.plusMinutes(1));
            second.interruption.interrupt(Reason.CANCELLED);
            first.interruption.interrupt(Reason.CANCELLED);
            assertThat(first.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
            assertThat(second.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
        }
    }

    @Test
    void anotherThreadEndsAGuestAtItsNextSystemCallWhateverElseRuns() throws Exception {
        try (ExecutableModule calls = engine.compile(CALL_FOR_EVER)) {
            Running other = new Running(calls, LONG);
            Running calling = new Running(calls, LONG.plusMinutes(1));
            calling.interruption.interrupt(Reason.CANCELLED);
            assertThat(calling.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
            other.interruption.interrupt(Reason.CANCELLED);
            assertThat(other.outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
        }
    }

    @Test
    void anotherThreadEndsARead() throws Exception {
        SilentInput stdin = new SilentInput();
        try (ExecutableModule echo = engine.compile(EngineTest.ECHO)) {
            Interruption interruption = Interruption.after(LONG);
            Future<Execution> future =
                    engine.start(echo, EngineFixture.command(stdin, new CapturedOutput()), interruption);
            stdin.awaitReader();
            interruption.interrupt(Reason.CLIENT_GONE);
            assertThat(future.get(30, TimeUnit.SECONDS).outcome())
                    .isEqualTo(new Outcome.Interrupted(Reason.CLIENT_GONE));
        }
    }

    @Test
    void anotherThreadEndsASleep() throws Exception {
        try (ExecutableModule sleep = engine.compile(SLEEP)) {
            Interruption interruption = Interruption.after(LONG);
            Future<Execution> future =
                    engine.start(sleep, EngineFixture.command(GuestInput.empty(), new CapturedOutput()), interruption);
            interruption.interrupt(Reason.CANCELLED);
            assertThat(future.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(new Outcome.Interrupted(Reason.CANCELLED));
        }
    }

    private static void assertEndsAtItsDeadline(String text, GuestInput stdin) {
        try (ExecutableModule module = engine.compile(text)) {
            Execution execution = engine.run(
                    module,
                    EngineFixture.command(stdin, new CapturedOutput()),
                    Interruption.after(Duration.ofMillis(100)));
            assertThat(execution.outcome()).isEqualTo(new Outcome.Interrupted(Reason.DEADLINE));
        }
    }

    /** A command that runs, and has said so. */
    private static final class Running {

        private final Interruption interruption;
        private final Future<Execution> future;

        Running(ExecutableModule module, Duration timeout) throws InterruptedException {
            CountDownLatch wrote = new CountDownLatch(1);
            GuestOutput stdout = (source, patience) -> {
                int count = source.remaining();
                source.position(source.limit());
                wrote.countDown();
                return count;
            };
            interruption = Interruption.after(timeout);
            InstanceSpec spec = new InstanceSpec(
                    new EntryPoint.Command(), List.of(), Map.of(), GuestInput.empty(), stdout, new CapturedOutput());
            future = engine.start(module, spec, interruption);
            assertThat(wrote.await(30, TimeUnit.SECONDS)).isTrue();
        }

        Outcome outcome() throws Exception {
            return future.get(30, TimeUnit.SECONDS).outcome();
        }
    }
}

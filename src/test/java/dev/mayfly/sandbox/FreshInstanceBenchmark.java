package dev.mayfly.sandbox;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a fresh instance of an already compiled module costs, from the call to its end. Run by
 * {@code ./mvnw -Pbenchmark -DskipTests verify}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=dev.mayfly.sandbox.FreshInstanceBenchmark$InstanceThreads"
        })
public class FreshInstanceBenchmark {

    /** {@code nothing} has no imports; {@code echo} has two, and copies its input of twelve bytes. */
    @Param({"nothing", "echo"})
    String guest = "nothing";

    @Param({"MICROVM", "WASMTIME"})
    TestedEngine on = TestedEngine.MICROVM;

    @SuppressWarnings("NullAway.Init") // by JMH, before anything else
    private EngineFixture engine;

    @SuppressWarnings("NullAway.Init")
    private ExecutableModule module;

    @Setup
    public void compile() throws EngineException {
        engine = new EngineFixture(on.open());
        module = guest.equals("nothing")
                ? engine.compile("(module (memory 1) (func (export \"_start\")))")
                : engine.compile(EngineTest.ECHO);
    }

    @TearDown
    public void close() {
        module.close();
        engine.close();
    }

    @Benchmark
    public Execution freshInstance() throws EngineException {
        return module.run(
                EngineFixture.command(BytesInput.of("Hello, world"), new CapturedOutput()),
                Interruption.after(Duration.ofSeconds(10)));
    }

    /** The threads that JMH runs the benchmark on. */
    public static final class InstanceThreads extends ThreadPoolExecutor {

        public InstanceThreads(int threads, String prefix) {
            super(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    InstanceThread.factory(prefix + '-'));
        }
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(FreshInstanceBenchmark.class.getName())
                        .build())
                .run();
    }
}

package dev.mayfly.programs;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Mount;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.SystemCallPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
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
import org.springframework.util.FileSystemUtils;

/**
 * What a disk of 1 GiB costs an invocation that does not use it: a program in C that prints a word, with such a disk as
 * root or mounted, and without one. Both run at the same time, a thread each, so that their ratio means something on a
 * machine that has other work. Run from the project's folder:
 *
 * <pre>
 * ./mvnw test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="--enable-native-access=ALL-UNNAMED -cp %classpath dev.mayfly.programs.DiskInvocationBenchmark"
 * </pre>
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
public class DiskInvocationBenchmark {

    private static final int LARGE_MIB = Integer.getInteger("mayfly.disks.large-mib", 1024);
    private static final InstanceLimits LIMITS = new InstanceLimits(256, 100_000, 1 << 20);

    @Param({"root", "mount"})
    String place = "root";

    @Param("MICROVM")
    TestedEngine on = TestedEngine.MICROVM;

    @SuppressWarnings("NullAway.Init") // by JMH, before anything else
    private EngineFixture engine;

    @SuppressWarnings("NullAway.Init")
    private ExecutableModule program;

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Layers layers = Layers.NONE;

    @Setup
    public void make() throws EngineException, IOException, DiskImageException {
        engine = new EngineFixture(on.open());
        program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS);
        directory = Files.createTempDirectory("mayfly-disk");
        StoredDisk disk = LargeDisk.make(directory, LARGE_MIB).open();
        layers = place.equals("root")
                ? new Layers(disk, List.of())
                : new Layers(null, List.of(new Mount("/models/large", disk)));
    }

    @TearDown
    public void close() throws IOException {
        program.close();
        engine.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    @Benchmark
    @Group("invocation")
    public Execution withUnusedDisk() throws EngineException {
        return run(layers);
    }

    @Benchmark
    @Group("invocation")
    public Execution withoutDisk() throws EngineException {
        return run(Layers.NONE);
    }

    private Execution run(Layers disks) throws EngineException {
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(),
                List.of("program"),
                Map.of(),
                GuestInput.empty(),
                new CapturedOutput(),
                new CapturedOutput(),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, disks));
        return program.run(spec, Interruption.after(Duration.ofSeconds(10)));
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(DiskInvocationBenchmark.class.getName())
                        .build())
                .run();
    }
}

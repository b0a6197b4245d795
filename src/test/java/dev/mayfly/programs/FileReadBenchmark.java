package dev.mayfly.programs;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.sandbox.HostClocks;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.Errno;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.Host;
import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.Program;
import dev.mayfly.wasi.StandardStreams;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.SystemCallPolicy;
import dev.mayfly.wasi.WasiProcess;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.springframework.util.FileSystemUtils;

/**
 * What the host itself does in a guest's {@code fd_pread} from a disk, without an engine: all of the call, beside the one
 * copy in it that has to be. Run from the project's folder:
 *
 * <pre>
 * ./mvnw test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="--enable-native-access=ALL-UNNAMED -cp %classpath dev.mayfly.programs.FileReadBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FileReadBenchmark {

    private static final int PATH = 0;
    private static final int RESULT = 64;
    private static final int LIST = 128;
    private static final int BUFFER = 4096;
    private static final int ROOT = 3;
    private static final long FD_READ_AND_SEEK = 6;
    private static final int MEBIBYTE = 1 << 20;

    @Param({"4096", "65536"})
    int bytes = 4096;

    private final long[] arguments = new long[SystemCall.MAX_PARAMETERS];
    private final SystemCall pread = Preview1.call("fd_pread").orElseThrow();

    @SuppressWarnings("NullAway.Init") // by JMH, before anything else
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Arena arena;

    @SuppressWarnings("NullAway.Init")
    private MemorySegment memory;

    @SuppressWarnings("NullAway.Init")
    private MemorySegment mapped;

    @SuppressWarnings("NullAway.Init")
    private WasiProcess process;

    private long file;
    private long position;

    @Setup
    public void open() throws IOException, DiskImageException {
        directory = Files.createTempDirectory("mayfly-disk");
        LargeDisk disk = LargeDisk.make(directory, 1);
        arena = Arena.ofShared();
        memory = arena.allocate(2 * MEBIBYTE, 4096);
        try (FileChannel channel = FileChannel.open(disk.file())) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, MEBIBYTE, arena);
        }
        process = process(new Layers(disk.open(), List.of()));
        byte[] name = "large".getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(name, 0, memory, ValueLayout.JAVA_BYTE, PATH, name.length);
        call("path_open", ROOT, 1, PATH, name.length, 0, FD_READ_AND_SEEK, 0, 0, RESULT);
        file = memory.get(ValueLayout.JAVA_INT, RESULT);
        memory.set(ValueLayout.JAVA_INT, LIST, BUFFER);
        memory.set(ValueLayout.JAVA_INT, LIST + 4, bytes);
    }

    private WasiProcess process(Layers layers) {
        return new WasiProcess(
                () -> memory,
                new Program(List.of("program"), Map.of()),
                new StandardStreams(GuestInput.empty(), new CapturedOutput(), new CapturedOutput()),
                new Host(
                        new HostClocks(InstantSource.system()), new Random(1), Interruption.after(Duration.ofHours(1))),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, layers));
    }

    private void call(String name, long... given) {
        Errno errno = process.call(Preview1.call(name).orElseThrow(), given);
        if (errno != Errno.SUCCESS) {
            throw new IllegalStateException(name + ": " + errno);
        }
    }

    @TearDown
    public void close() throws IOException {
        arena.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    @Benchmark
    public Errno call() {
        arguments[0] = file;
        arguments[1] = LIST;
        arguments[2] = 1;
        arguments[3] = next();
        arguments[4] = RESULT;
        return process.call(pread, arguments);
    }

    @Benchmark
    public MemorySegment copyAlone() {
        MemorySegment.copy(mapped, next(), memory, BUFFER, bytes);
        return memory;
    }

    private long next() {
        position = (position + bytes) & (MEBIBYTE - 1);
        return position;
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(FileReadBenchmark.class.getName())
                        .addProfiler("gc")
                        .build())
                .run();
    }
}

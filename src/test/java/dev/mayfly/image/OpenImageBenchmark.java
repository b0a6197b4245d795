package dev.mayfly.image;

import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * What a restart saves: opening the image of a large module, checksums included, and loading it, against making it. Needs
 * {@code /dev/kvm}. Run from the project's folder:
 *
 * <pre>
 * ./mvnw test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="--enable-native-access=ALL-UNNAMED -cp %classpath dev.mayfly.image.OpenImageBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class OpenImageBenchmark {

    private static final long STACK_BYTES = 1 << 20;
    private static final long MEMORY_BYTES = 1L << 30;

    @Param({"sqlite", "cpython"})
    String program = "sqlite";

    private final Linux linux = ((NativeAccess.Available) NativeAccess.probe()).linux();
    private final Path directory = newDirectory();
    private final ImageStore store = newStore();
    private final Hypervisor hypervisor = newHypervisor();
    private TestModule module = TestModule.ofText("(module)");

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("images");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImageStore newStore() {
        try {
            return ImageStore.open(linux, directory, 1L << 30, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Hypervisor newHypervisor() {
        try {
            return Hypervisor.open(linux);
        } catch (KvmUnavailableException | VmmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Setup
    public void build() throws Exception {
        Path file = program.equals("sqlite") ? Programs.sqlite() : Programs.cPython();
        module = TestModule.of(Files.readAllBytes(file));
        store.get(module.key(), module::image).close();
        for (Path image : files()) {
            System.out.println(program + ": " + Files.size(file) + " bytes, its image " + Files.size(image));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 2)
    public long openAndLoad() throws Exception {
        try (Image image = store.get(module.key(), OpenImageBenchmark::mustBeThere)) {
            return load(image);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public long compileAndLoad() throws Exception {
        try (Image image = module.image()) {
            return load(image);
        }
    }

    private long load(Image image) throws VmmException, ModuleException {
        hypervisor.load(image.guest(MEMORY_BYTES, STACK_BYTES)).close();
        return image.bytes();
    }

    private static Image mustBeThere() {
        throw new IllegalStateException("the image is not there");
    }

    @TearDown
    public void close() throws IOException {
        hypervisor.close();
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(OpenImageBenchmark.class.getName())
                        .build())
                .run();
    }
}

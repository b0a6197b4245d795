package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Mount;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.MappedDisk;
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
import dev.mayfly.testsupport.DiskTools;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasi.SystemCallPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What disks are for, and what they cost: an interpreter with a package of many files, many instances on one disk, a large
 * disk that is not used, and reading beside the same program on the machine. Prints figures; asserts none that depend on
 * time.
 */
@SuppressWarnings("NullAway.Init")
class DiskProgramsIT {

    private static final InstanceLimits LIMITS = new InstanceLimits(4096, 100_000, 1 << 20);
    private static final int MODULES = 400;
    private static final int INSTANCES = Integer.getInteger("mayfly.disks.instances", 100);
    private static final int LARGE_MIB = Integer.getInteger("mayfly.disks.large-mib", 64);
    private static final int ROUNDS = Integer.getInteger("mayfly.disks.rounds", 300);

    @TempDir
    static Path work;

    private static EngineFixture engine;

    @BeforeAll
    static void start() throws EngineException {
        engine = new EngineFixture(TestedEngine.WASMTIME.open());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void pythonImportsAPackageOfHundredsOfFilesFromADisk() throws IOException, DiskImageException {
        Path tree = work.resolve("python/app");
        Files.createDirectories(tree.resolve("parts"));
        StringBuilder imports = new StringBuilder("from . import parts\nnumbers = []\n");
        Files.writeString(tree.resolve("parts/__init__.py"), "");
        for (int i = 0; i < MODULES; i++) {
            Files.writeString(tree.resolve("parts/part" + i + ".py"), "NUMBER = " + i + "\n");
            imports.append("from .parts.part" + i + " import NUMBER\nnumbers.append(NUMBER)\n");
        }
        Files.writeString(tree.resolve("__init__.py"), imports + "total = sum(numbers)\n");
        Path image = DiskTools.squashfs(work.resolve("python"), work.resolve("python.squashfs"), "-comp", "zstd");
        try (ExecutableModule python = engine.compile(Files.readAllBytes(Programs.cPython()), LIMITS)) {
            String script =
                    "import sys; sys.path.insert(0, '/srv'); import app; print(app.total, len(app.numbers), app.__file__)";
            Layers layers = new Layers(null, List.of(new Mount("/srv", disk("python", image))));
            long start = System.nanoTime();
            String printed = run(python, layers, GuestInput.empty(), "-B", "-c", script);
            System.out.printf("CPython imports %d modules from a disk in %d ms%n", MODULES, millis(start));
            assertThat(printed).isEqualTo("79800 400 /srv/app/__init__.py\n");
        }
    }

    @Test
    void aDiskTakesItsMemoryOnceForAllInstances() throws Exception {
        Layers layers = new Layers(large(), List.of());
        try (ExecutableModule program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS)) {
            long before = resident("RssFile");
            run(program, layers, GuestInput.empty(), "/large", "seq");
            long one = resident("RssFile");
            Gate gate = new Gate();
            List<Future<Execution>> running = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                InstanceSpec spec = spec(layers, gate, new CapturedOutput(), "/large", "wait");
                running.add(engine.start(program, spec, Interruption.after(Duration.ofMinutes(9))));
            }
            gate.reading.await();
            long many = resident("RssFile");
            gate.open.countDown();
            for (Future<Execution> instance : running) {
                assertThat(instance.get().outcome().toString()).isEqualTo("Exited[code=0]");
            }
            System.out.printf(
                    "mapped files resident: %d MiB before, %d MiB after one instance read %d MiB, %d MiB with %d that did%n",
                    before >> 10, one >> 10, LARGE_MIB, many >> 10, INSTANCES);
            assertThat(many - one).as("KiB").isLessThan(LARGE_MIB << 10);
        }
    }

    /** An input whose readers are counted and then wait. */
    private static final class Gate implements GuestInput {

        private final CountDownLatch reading = new CountDownLatch(INSTANCES);
        private final CountDownLatch open = new CountDownLatch(1);
        private final ThreadLocal<Boolean> counted = new ThreadLocal<>();

        @Override
        public int read(ByteBuffer target, Duration patience) {
            if (counted.get() == null) {
                counted.set(true);
                reading.countDown();
            }
            try {
                return open.await(patience.toMillis(), TimeUnit.MILLISECONDS) ? -1 : 0;
            } catch (InterruptedException e) {
                return -1;
            }
        }
    }

    @Test
    void aDiskThatIsNotUsedCostsNextToNothing() throws IOException, DiskImageException {
        Layers layers = new Layers(large(), List.of(new Mount("/models/large", large())));
        try (ExecutableModule program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS)) {
            long[] without = new long[ROUNDS];
            long[] with = new long[ROUNDS];
            for (int i = -50; i < ROUNDS; i++) {
                long a = timed(program, Layers.NONE);
                long b = timed(program, layers);
                if (i >= 0) {
                    without[i] = a;
                    with[i] = b;
                }
            }
            Arrays.sort(without);
            Arrays.sort(with);
            System.out.printf(
                    "an invocation without a disk: median %d us; with an unused disk and mount of %d MiB: %d us, %.2f times%n",
                    without[ROUNDS / 2] / 1000,
                    LARGE_MIB,
                    with[ROUNDS / 2] / 1000,
                    (double) with[ROUNDS / 2] / without[ROUNDS / 2]);
        }
    }

    private static long timed(ExecutableModule program, Layers layers) {
        long start = System.nanoTime();
        run(program, layers, GuestInput.empty());
        return System.nanoTime() - start;
    }

    @Test
    void readingBesideTheSameProgramOnTheMachine() throws IOException, DiskImageException {
        Layers layers = new Layers(large(), List.of());
        try (ExecutableModule program = engine.compile(Files.readAllBytes(Programs.reads()), LIMITS)) {
            for (String how : List.of("seq", "seq", "rand", "rand")) {
                String guest = run(program, layers, GuestInput.empty(), "/large", how);
                String machine = Programs.run(
                        Programs.readsNative(), work, work.resolve("tree/large").toString(), how);
                System.out.printf("%s: guest %s      machine %s", how, guest.strip() + "\n", machine);
                assertThat(sums(guest)).isEqualTo(sums(machine));
            }
        }
    }

    private static String sums(String line) {
        return line.substring(0, line.lastIndexOf(','));
    }

    /** A disk with one large file. */
    private static synchronized MappedDisk large() throws IOException, DiskImageException {
        Path disk = work.resolve("large.disk");
        if (Files.exists(disk)) {
            return MappedDisk.open(disk);
        }
        Path tree = Files.createDirectory(work.resolve("tree"));
        byte[] random = new byte[1 << 20];
        Random source = new Random(1);
        try (FileChannel file =
                FileChannel.open(tree.resolve("large"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < LARGE_MIB; i++) {
                source.nextBytes(random);
                file.write(ByteBuffer.wrap(random));
            }
        }
        long start = System.nanoTime();
        MappedDisk made = disk("large", DiskTools.tar(tree, work.resolve("large.tar")));
        System.out.printf("%d MiB of tar laid out and mapped in %d ms%n", LARGE_MIB, millis(start));
        return made;
    }

    private static MappedDisk disk(String name, Path image) throws IOException, DiskImageException {
        Path file = work.resolve(name + ".disk");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(new DiskLimits(4L << 30, 10_000)).lay(image, target);
        }
        return MappedDisk.open(file);
    }

    /** In KiB. */
    private static long resident(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static String run(ExecutableModule module, Layers layers, GuestInput stdin, String... arguments) {
        CapturedOutput stdout = new CapturedOutput();
        String ending = engine.run(
                        module, spec(layers, stdin, stdout, arguments), Interruption.after(Duration.ofMinutes(5)))
                .outcome()
                .toString();
        String text = new String(stdout.bytes(), StandardCharsets.UTF_8);
        assertThat(ending).as(text).isEqualTo("Exited[code=0]");
        return text;
    }

    private static InstanceSpec spec(Layers layers, GuestInput stdin, CapturedOutput stdout, String... arguments) {
        List<String> all = new ArrayList<>(List.of("program"));
        all.addAll(List.of(arguments));
        return new InstanceSpec(
                new EntryPoint.Command(),
                all,
                Map.of(),
                stdin,
                stdout,
                new CapturedOutput(),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, layers));
    }
}

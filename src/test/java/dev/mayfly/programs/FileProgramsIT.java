package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.MappedDisk;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.DiskTools;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.SystemCallPolicy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that make every call for files do on a disk, whichever format it was uploaded in, and on a root in memory what
 * they do on a real file system of Linux, where the same sources run first, compiled for this machine. The host serves
 * both engines alike; this one runs everywhere.
 */
@SuppressWarnings("NullAway.Init")
class FileProgramsIT {

    private static final InstanceLimits LIMITS = new InstanceLimits(4096, 100_000, 1 << 20);

    @TempDir
    static Path work;

    private static Path prepared;
    private static List<String> expected;
    private static List<String> expectedOfRust;
    private static EngineFixture engine;
    private static ExecutableModule program;
    private static ExecutableModule rust;

    @BeforeAll
    static void start() throws IOException, EngineException {
        Path natively = Programs.filesNative();
        prepared = Files.createDirectory(work.resolve("prepared"));
        Programs.run(natively, work, prepared.toString(), "prepare");
        expected = nativeRun("exercised", natively, "exercise");
        expectedOfRust = nativeRun("exercised by rust", Programs.filesInRustNative());
        engine = new EngineFixture(TestedEngine.WASMTIME.open());
        program = engine.compile(Files.readAllBytes(Programs.files()), LIMITS);
        rust = engine.compile(Files.readAllBytes(Programs.filesInRust()), LIMITS);
    }

    /** What a program prints that works on a tree of its own. */
    private static List<String> nativeRun(String name, Path natively, String... more) throws IOException {
        Path tree = Files.createDirectory(work.resolve(name));
        Programs.run(Programs.filesNative(), work, tree.toString(), "prepare");
        List<String> arguments = new ArrayList<>(List.of(tree.toString()));
        arguments.addAll(List.of(more));
        return Programs.run(natively, work, arguments.toArray(String[]::new))
                .lines()
                .toList();
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            program.close();
            rust.close();
            engine.close();
        }
    }

    @Test
    void filesInMemoryAreThoseOfLinux() {
        assertThat(expected).hasSizeGreaterThan(150);
        assertThat(run(program, Layers.NONE, "/", "all")).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "squashfs-gzip",
                "squashfs-xz",
                "squashfs-lz4",
                "squashfs-zstd",
                "ext4",
                "ext2",
                "tar",
                "tar-gzip",
                "tar-xz",
                "tar-zstd"
            })
    void filesOnADiskAreThoseOfLinux(String format) throws IOException, DiskImageException {
        Path file = work.resolve(format + ".disk");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(new DiskLimits(1 << 30, 10_000)).lay(image(format), target);
        }
        Layers disk = new Layers(MappedDisk.open(file), List.of());
        assertThat(run(program, disk, "/", "exercise")).containsExactlyElementsOf(expected);
        assertThat(run(program, disk, "/", "exercise"))
                .as("nothing is left of the first time")
                .containsExactlyElementsOf(expected);
        assertThat(run(rust, disk, "/")).containsExactlyElementsOf(expectedOfRust);
    }

    private static Path image(String format) throws IOException {
        Path image = work.resolve(format + ".image");
        return switch (format) {
            case "ext4" -> DiskTools.ext(prepared, image, 8_000, "-t", "ext4");
            case "ext2" -> DiskTools.ext(prepared, image, 8_000, "-t", "ext2");
            case "tar" -> DiskTools.tar(prepared, image);
            case "tar-gzip" -> DiskTools.tar(prepared, image, "--gzip");
            case "tar-xz" -> DiskTools.tar(prepared, image, "--xz");
            case "tar-zstd" -> DiskTools.tar(prepared, image, "-I", DiskTools.tool("zstd"));
            default -> DiskTools.squashfs(prepared, image, "-comp", format.substring("squashfs-".length()));
        };
    }

    private static List<String> run(ExecutableModule module, Layers disks, String... arguments) {
        CapturedOutput stdout = new CapturedOutput();
        List<String> all = new ArrayList<>(List.of("program"));
        all.addAll(List.of(arguments));
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(),
                all,
                Map.of(),
                BytesInput.of(""),
                stdout,
                new CapturedOutput(),
                new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED, disks));
        Outcome outcome = engine.run(module, spec, Interruption.after(Duration.ofMinutes(2)))
                .outcome();
        String text = new String(stdout.bytes(), StandardCharsets.UTF_8);
        assertThat(outcome.toString()).as(text).isEqualTo(new Outcome.Exited(0).toString());
        return text.lines().toList();
    }
}

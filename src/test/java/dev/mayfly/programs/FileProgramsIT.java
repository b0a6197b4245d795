package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
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
import dev.mayfly.wasi.Errno;
import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasi.SystemCallPolicy;
import dev.mayfly.wasi.SystemCallRule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs in C and Rust that make every call for files do on a disk, whichever format it was uploaded in, and on a root in
 * memory what they do on a real file system of Linux, where the same sources run first, compiled for this machine.
 */
@ParameterizedClass
@EnumSource(names = {"WASMTIME", "MICROVM"})
@SuppressWarnings("NullAway.Init")
class FileProgramsIT {

    private static final InstanceLimits LIMITS = new InstanceLimits(4096, 100_000, 1 << 20);

    private static Path work;
    private static Path prepared;
    private static EngineFixture engine;
    private static FileProgram inC;
    private static FileProgram inRust;

    FileProgramsIT(TestedEngine on) {}

    /**
     * A program, and what it prints on Linux.
     *
     * @param expected on the tree that the program in C prepares, which is also what it prints on one that it made itself
     */
    private record FileProgram(ExecutableModule module, List<String> expected) {}

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine on, @TempDir Path directory) throws IOException, EngineException {
        engine = new EngineFixture(on.open());
        work = directory;
        prepared = preparedTree("prepared");
        inC = program(Programs.files(), Programs.filesNative());
        inRust = program(Programs.filesInRust(), Programs.filesInRustNative());
        assertThat(inC.expected()).hasSizeGreaterThan(190);
        assertThat(inRust.expected()).hasSizeGreaterThan(40);
    }

    private static FileProgram program(Path wasm, Path natively) throws IOException {
        String name = String.valueOf(wasm.getFileName());
        List<String> expected = runNative(natively, preparedTree(name + "-exercised"), "exercise");
        List<String> withOwnTree = runNative(natively, Files.createDirectory(work.resolve(name + "-all")), "all");
        assertThat(withOwnTree).containsExactlyElementsOf(expected);
        return new FileProgram(engine.compile(Files.readAllBytes(wasm), LIMITS), expected);
    }

    private static Path preparedTree(String name) throws IOException {
        Path tree = Files.createDirectory(work.resolve(name));
        runNative(Programs.filesNative(), tree, "prepare");
        return tree;
    }

    private static List<String> runNative(Path program, Path tree, String what) throws IOException {
        return Programs.run(program, work, tree.toString(), what).lines().toList();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        for (FileProgram program : new FileProgram[] {inC, inRust}) {
            if (program != null) {
                program.module().close();
            }
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void filesInMemoryAreThoseOfLinux() {
        assertThat(run(inC, Layers.NONE, "all")).containsExactlyElementsOf(inC.expected());
        assertThat(run(inRust, Layers.NONE, "all")).containsExactlyElementsOf(inRust.expected());
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
        Layers disk = disk(format);
        assertThat(run(inC, disk, "exercise")).containsExactlyElementsOf(inC.expected());
        assertThat(run(inC, disk, "exercise"))
                .as("nothing is left of the first time")
                .containsExactlyElementsOf(inC.expected());
        assertThat(run(inRust, disk, "exercise")).containsExactlyElementsOf(inRust.expected());
    }

    /** A call that one of the programs did not make, or whose result it did not look at, would not be missed by it. */
    @ParameterizedTest
    @MethodSource("callsForFiles")
    void eachProgramMissesEachCallForFilesThatIsDenied(SystemCall call) {
        SystemCallPolicy without =
                SystemCallPolicy.of(new SystemCallRule.Allow(), Map.of(call, new SystemCallRule.Deny(Errno.NOSYS)));
        for (FileProgram program : List.of(inC, inRust)) {
            assertThat(start(program, Layers.NONE, without, "all")).isNotEqualTo(new Printed(program.expected()));
        }
    }

    static Stream<SystemCall> callsForFiles() {
        return Preview1.calls().stream()
                .filter(call -> call.name().startsWith("fd_") || call.name().startsWith("path_"));
    }

    private static Layers disk(String format) throws IOException, DiskImageException {
        Path file = work.resolve(format + ".disk");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(new DiskLimits(1 << 30, 10_000)).lay(image(format), target);
        }
        return new Layers(StoredDisk.open(file), List.of());
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

    private static List<String> run(FileProgram program, Layers disks, String what) {
        Printed printed = start(program, disks, SystemCallPolicy.ALLOW_ALL, what);
        assertThat(printed.ending()).as(String.join("\n", printed.lines())).isEqualTo("Exited[code=0]");
        return printed.lines();
    }

    private static Printed start(FileProgram program, Layers disks, SystemCallPolicy policy, String what) {
        CapturedOutput stdout = new CapturedOutput();
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(),
                List.of("program", "/", what),
                Map.of(),
                BytesInput.of(""),
                stdout,
                new CapturedOutput(),
                new Confinement(policy, FileLimits.DEFAULT, Storage.UNSHARED, disks));
        Outcome outcome = engine.run(program.module(), spec, Interruption.after(Duration.ofMinutes(2)))
                .outcome();
        String text = new String(stdout.bytes(), StandardCharsets.UTF_8);
        return new Printed(outcome.toString(), text.lines().toList());
    }

    /** What came of a run. */
    private record Printed(String ending, List<String> lines) {

        Printed(List<String> lines) {
            this("Exited[code=0]", lines);
        }
    }
}

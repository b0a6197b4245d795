package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.DiskTools;
import dev.mayfly.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
 * they do on a real file system of Linux, where the same sources run first, compiled for this machine.
 */
@SuppressWarnings("NullAway.Init")
class FileProgramsIT {

    private static Mayfly mayfly;
    private static Http http;
    private static Path prepared;
    private static List<String> expected;
    private static List<String> expectedOfRust;

    @TempDir
    static Path work;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path program = Programs.filesNative();
        Path rust = Programs.filesInRustNative();
        prepared = Files.createDirectory(work.resolve("prepared"));
        Programs.run(program, work, prepared.toString(), "prepare");
        expected = nativeRun(program, "exercised", program, "exercise");
        expectedOfRust = nativeRun(program, "exercised by rust", rust);
        mayfly = Mayfly.start(directory, Database.H2, Map.of());
        http = new Http(mayfly);
        upload("memory", Programs.files(), "{}");
    }

    /** What a program prints that works on a tree of its own. */
    private static List<String> nativeRun(Path preparing, String name, Path program, String... more) throws IOException {
        Path tree = Files.createDirectory(work.resolve(name));
        Programs.run(preparing, work, tree.toString(), "prepare");
        String[] arguments = new String[more.length + 1];
        arguments[0] = tree.toString();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return Programs.run(program, work, arguments).lines().toList();
    }

    @AfterAll
    static void stop() {
        if (mayfly != null) {
            mayfly.close();
        }
    }

    @Test
    void filesInMemoryAreThoseOfLinux() {
        assertThat(expected).hasSizeGreaterThan(150);
        assertThat(invoke("memory", "all")).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "squashfs-gzip", "squashfs-xz", "squashfs-lz4", "squashfs-zstd", "ext4", "ext2", "tar", "tar-gzip", "tar-xz",
                "tar-zstd"
            })
    void filesOnADiskAreThoseOfLinux(String format) throws IOException {
        Http.Answer uploaded =
                http.post("/v1/disks/" + format + "/versions", "application/octet-stream", Files.readAllBytes(image(format)));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        upload(format, Programs.files(), "{\"rootDisk\": \"" + format + "@1\"}");
        assertThat(invoke(format, "exercise")).containsExactlyElementsOf(expected);
        assertThat(invoke(format, "exercise")).as("nothing is left of the first time").containsExactlyElementsOf(expected);
        upload("rust-" + format, Programs.filesInRust(), "{\"rootDisk\": \"" + format + "@1\"}");
        assertThat(invoke("rust-" + format)).containsExactlyElementsOf(expectedOfRust);
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

    private static void upload(String name, Path program, String configuration) {
        try {
            Http.Answer configured = http.put("/v1/functions/" + name, configuration);
            assertThat(configured.status()).as(configured.text()).isIn(200, 201);
            Http.Answer answer = http.upload("/v1/functions/" + name + "/versions", Files.readAllBytes(program));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> invoke(String name, String... arguments) {
        StringBuilder query = new StringBuilder("?arg=/");
        Arrays.stream(arguments).forEach(argument -> query.append("&arg=").append(argument));
        Http.Answer answer =
                http.post("/v1/functions/" + name + "/invocations" + query, "application/octet-stream", new byte[0]);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().lines().toList();
    }
}

package dev.mayfly.disks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes that share a database and nothing else have the same disks. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class SharedDisksIT {

    private static final Map<String, String> PROPERTIES = Map.of(
            "mayfly.disks.store", "database",
            "mayfly.disks.store-cache", "8MB",
            "mayfly.disks.sweep-grace", "0s",
            "mayfly.disks.sweep-interval", "1h",
            "mayfly.samples.enabled", "false");

    private static Mayfly first;
    private static Mayfly second;
    private static Map<String, String> database;
    private static Path files;

    private final String name = "d-" + UUID.randomUUID();
    private final String path = "/v1/disks/" + name;

    SharedDisksIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database kind, @TempDir Path one, @TempDir Path other) {
        database = switch (kind) {
            case H2 -> inMemory();
            case POSTGRES -> kind.properties();
        };
        first = start(one);
        second = start(other);
        files = other.resolve("disks").resolve("sha256");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void aDiskOfSeveralChunksComesBackAsItWas() throws IOException {
        ContentDigest digest = upload(2_500_000);

        byte[] disk = Files.readAllBytes(store(first).locate(digest));
        assertThat(store(second).locate(digest)).hasBinaryContent(disk);
        assertThat(read(second, digest)).isEqualTo(disk);
        assertThat(store(second).size(digest)).isEqualTo(disk.length);
    }

    @Test
    void whatOneUploadsTheOtherNamesMountsAndKeepsFromBeingDeleted() throws IOException {
        upload(10);
        Http other = new Http(second);
        String function = "/v1/functions/f-" + UUID.randomUUID();
        String configuration =
                "{\"rootDisk\": \"" + name + "@1\", \"mounts\": [{\"path\": \"/more\", \"disk\": \"" + name + "@1\"}]}";

        Http.Answer configured = other.put(function, configuration);

        assertThat(configured.status()).as(configured.text()).isEqualTo(201);
        assertThat(other.put(function, configuration.replace("/more", "/file/more"))
                        .status())
                .as("below a file of the disk")
                .isEqualTo(400);
    }

    @Test
    void aFileThatWasDamagedWhileNobodyRanIsReadAnew(@TempDir Path data) throws IOException {
        ContentDigest digest = upload(1000);
        byte[] disk = read(first, digest);
        try (Mayfly third = start(data)) {
            Files.writeString(store(third).locate(digest), "something else");
        }
        try (Mayfly third = start(data)) {
            assertThat(store(third).locate(digest)).hasBinaryContent(disk);
        }
    }

    @Test
    void filesThatWereUnusedForLongestMakeRoom() throws IOException {
        List<ContentDigest> digests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            digests.add(upload(3_000_000));
            assertThat(store(second).locate(digests.getLast())).exists();
        }

        assertThat(fileOf(digests.getFirst())).doesNotExist();
        assertThat(fileOf(digests.getLast())).exists();
        assertThat(store(second).locate(digests.getFirst())).isNotEmptyFile();
    }

    @Test
    void aDiskIsReadWhereNoFileCanBeWritten() throws IOException {
        ContentDigest digest;
        Path inTheWay;
        do {
            digest = upload(1000);
            inTheWay = files.resolve(digest.hex().substring(0, 2));
        } while (Files.exists(inTheWay));
        Files.writeString(inTheWay, "stands for a full disk");
        try {
            assertThat(read(second, digest)).isEqualTo(read(first, digest));
        } finally {
            Files.delete(inTheWay);
        }
    }

    @Test
    void whoWantsAFileThatIsBeingFetchedWaitsForIt() throws Exception {
        ContentDigest digest = upload(2_000_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> located = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                located.add(threads.submit(() -> store(second).locate(digest)));
            }
            for (Future<Path> one : located) {
                assertThat(one.get()).hasBinaryContent(read(first, digest));
            }
        }
    }

    @Test
    void whatNoVersionRefersToIsDeletedForBoth() throws IOException {
        ContentDigest digest = upload(1000);
        new Http(first).delete(path);

        second.bean(DiskSweeper.class).sweep();

        assertThat(store(first).list()).doesNotContain(digest);
        assertThatThrownBy(() -> store(second).locate(digest)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void disksFromATimeWhenTheyWereInFilesAreCopied(@TempDir Path data, @TempDir Path later) throws IOException {
        Map<String, String> own = inMemory();
        ContentDigest digest;
        byte[] disk;
        try (Mayfly before =
                Mayfly.startOn(data, own, Map.of("mayfly.samples.enabled", "false"), FakeEngineConfiguration.class)) {
            digest = upload(before, 2_000_000);
            disk = read(before, digest);
        }
        Mayfly.startOn(data, own, PROPERTIES, FakeEngineConfiguration.class).close();
        try (Mayfly other = Mayfly.startOn(later, own, PROPERTIES, FakeEngineConfiguration.class)) {
            assertThat(read(other, digest)).isEqualTo(disk);
        }
    }

    private static Map<String, String> inMemory() {
        return Map.of("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static Mayfly start(Path data) {
        return Mayfly.startOn(data, database, PROPERTIES, FakeEngineConfiguration.class);
    }

    private ContentDigest upload(int bytes) throws IOException {
        return upload(first, bytes);
    }

    /** Other contents each time. */
    private ContentDigest upload(Mayfly where, int bytes) throws IOException {
        StringBuilder contents = new StringBuilder();
        new Random(UUID.randomUUID().getLeastSignificantBits())
                .ints(bytes, 'a', 'z')
                .forEach(contents::appendCodePoint);
        Http.Answer uploaded = new Http(where)
                .post(path + "/versions", "application/octet-stream", TarImages.of("file", contents.toString()));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        return ContentDigest.parse(uploaded.text("digest"));
    }

    private static Path fileOf(ContentDigest digest) {
        return files.resolve(digest.hex().substring(0, 2)).resolve(digest.hex().substring(2));
    }

    private static ArtifactStore store(Mayfly mayfly) {
        return mayfly.bean(DiskStore.NAME, ArtifactStore.class);
    }

    private static byte[] read(Mayfly mayfly, ContentDigest digest) throws IOException {
        try (InputStream in = store(mayfly).open(digest)) {
            return in.readAllBytes();
        }
    }
}

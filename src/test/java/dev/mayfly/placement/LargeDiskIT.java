package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.disks.TestDisk;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of {@code mayfly.disks.cluster-mib} MiB goes to one control plane, and from there to its worker; and through
 * PostgreSQL and another control plane to another worker. Prints how long that took.
 */
class LargeDiskIT {

    private static final String SECRET = "what all processes of this cluster know";
    private static final int MEBIBYTES = Integer.getInteger("mayfly.disks.cluster-mib", 65);

    @Test
    void aLargeDiskGoesThroughThePartsOfACluster(@TempDir Path directory) throws IOException {
        Path image = directory.resolve("image.tar");
        writeImage(image);
        Map<String, String> database = Database.POSTGRES.properties();
        try (Mayfly worker = worker(directory.resolve("worker"));
                Mayfly other = worker(directory.resolve("other"));
                Mayfly first = controlPlane(directory.resolve("first"), database, worker);
                Mayfly second = controlPlane(directory.resolve("second"), database, other)) {
            Http http = new Http(first);
            requireSuccess(timed("upload", () -> upload(http, image)));
            requireSuccess(http.put("/v1/functions/show", "{\"rootDisk\": \"large@1\"}"));
            requireSuccess(http.upload("/v1/functions/show/versions", Wat.toBinary(TestDisk.SHOW)));
            assertThat(timed("to a worker", () -> invoke(first)).text()).isEqualTo("hello");
            assertThat(timed("through the database to another", () -> invoke(second))
                            .text())
                    .isEqualTo("hello");
            assertThat(timed("when it is there", () -> invoke(second)).text()).isEqualTo("hello");
        }
    }

    private static void writeImage(Path image) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(image));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            begin(tar, "file", 5);
            tar.write("hello".getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
            begin(tar, "large", (long) MEBIBYTES << 20);
            byte[] block = new byte[1 << 20];
            Random random = new Random(1);
            for (int i = 0; i < MEBIBYTES; i++) {
                random.nextBytes(block);
                tar.write(block);
            }
            tar.closeArchiveEntry();
        }
    }

    private static void begin(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
    }

    private static Mayfly worker(Path data) {
        return Mayfly.worker(data, SECRET, Map.of("mayfly.engine", "wasmtime"));
    }

    private static Mayfly controlPlane(Path data, Map<String, String> database, Mayfly worker) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mayfly.samples.enabled",
                "false",
                "mayfly.role",
                "control-plane",
                "mayfly.cluster.secret",
                SECRET,
                "mayfly.cluster.workers",
                worker.uri("").toString()));
        Mayfly started = Mayfly.startOn(data, database, properties);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> started.bean(Membership.class).count(WorkerState.UP) == 1);
        return started;
    }

    private static Http.Answer upload(Http http, Path image) {
        try {
            return http.send(
                    "POST",
                    "/v1/disks/large/versions",
                    BodyPublishers.ofFile(image),
                    "Content-Type",
                    "application/octet-stream");
        } catch (FileNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Http.Answer invoke(Mayfly controlPlane) {
        return new Http(controlPlane).post("/v1/functions/show/invocations", "text/plain", new byte[0]);
    }

    private static Http.Answer timed(String what, Supplier<Http.Answer> request) {
        long start = System.nanoTime();
        Http.Answer answer = request.get();
        System.out.printf("%d MiB, %s: %.2f s%n", MEBIBYTES, what, (System.nanoTime() - start) / 1e9);
        return answer;
    }

    private static void requireSuccess(Http.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    }
}

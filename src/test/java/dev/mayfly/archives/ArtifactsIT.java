package dev.mayfly.archives;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/**
 * Artifacts over HTTP, on each database: as files and with the Wasmtime engine with one, in the database and with the
 * engine that is chosen for the machine with the other.
 */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class ArtifactsIT {

    private static final byte[] NOTHING = {};
    private static volatile Duration ahead = Duration.ZERO;

    private static Mayfly mayfly;
    private static Http http;

    private final String name = "f-" + UUID.randomUUID();
    private final String function = "/v1/functions/" + name;

    ArtifactsIT(Database database) {}

    /** A clock that is ahead by as much as a test says. */
    @Configuration(proxyBeanMethods = false)
    static class Clock {

        @Bean
        @Primary
        InstantSource artifactsClock() {
            return () -> Instant.now().plus(ahead);
        }
    }

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.artifacts.store", database == Database.H2 ? "files" : "database",
                        "mayfly.engine", database == Database.H2 ? "wasmtime" : "auto",
                        "mayfly.artifacts.max-size", "4MB",
                        "mayfly.artifacts.max-total", "3MB",
                        "mayfly.artifacts.sweep-interval", "1d",
                        "mayfly.samples.enabled", "false"),
                Clock.class);
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @AfterEach
    void sweepAll() throws IOException {
        ahead = Duration.ofHours(2);
        mayfly.bean(ArchiveSweeper.class).sweep();
        ahead = Duration.ZERO;
    }

    @Test
    void whatAnInvocationChangedCanBeFetched() throws IOException {
        String disk = upload("d-" + UUID.randomUUID(), "kept", "changed", "gone", "dir/inner");
        deploy(
                "{\"artifacts\": \"always\", \"rootDisk\": \"" + disk + "@1\"}",
                new FileScript()
                        .read("kept")
                        .write("changed", "after")
                        .unlink("gone")
                        .rename("dir", "moved")
                        .mkdir("new")
                        .write("new/\u00e9", "x")
                        .link("new/\u00e9", "new/name")
                        .symlink("../kept", "new/link"));
        Http.Answer answer = invoke();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String id = answer.header("Mayfly-Invocation-Id");
        Http.Answer fetched = http.get("/v1/invocations/" + id + "/artifacts");
        assertThat(fetched.status()).as(fetched.text()).isEqualTo(200);
        assertThat(fetched.header("Content-Type")).isEqualTo("application/gzip");
        assertThat(fetched.header("Content-Disposition")).isEqualTo("attachment; filename=\"" + id + ".tar.gz\"");
        assertThat(TarFiles.entries(fetched.body()))
                .containsExactly(
                        entry("changed", "after"),
                        entry(".wh.dir", ""),
                        entry(".wh.gone", ""),
                        entry("moved/", "dir"),
                        entry("moved/inner", "dir/inner"),
                        entry("new/", "dir"),
                        entry("new/link", "symlink to ../kept"),
                        entry("new/name", "x"),
                        entry("new/\u00e9", "link to new/name"));
        JsonNode artifacts = http.get("/v1/invocations/" + id).json().path("artifacts");
        assertThat(artifacts.path("state").asString()).isEqualTo("kept");
        assertThat(artifacts.path("href").asString()).isEqualTo("/v1/invocations/" + id + "/artifacts");
        assertThat(artifacts.path("bytes").asLong()).isEqualTo(fetched.body().length);
        assertThat(artifacts.path("files").asInt()).isEqualTo(9);
        assertThat(Instant.parse(artifacts.path("expires").asString())).isAfter(Instant.now());
        assertThat(http.get(function + "/invocations").json().at("/items/0/artifacts"))
                .isEqualTo(artifacts);
    }

    @Test
    void partsCanBeAskedFor() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().grow("zeros", 1_000_000));
        String path = artifacts(invoke());
        byte[] whole = http.get(path).body();
        Http.Answer part = http.get(path, "Range", "bytes=100-199");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100-199/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 200));
        assertThat(http.get(path, "Range", "bytes=" + whole.length + "-").status())
                .isEqualTo(416);
        assertThat(http.get(path, "If-None-Match", http.get(path).header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "never,      false, false, false",
        "on-success, true,  false, false",
        "on-failure, false, true,  true",
        "always,     true,  true,  true"
    })
    void theConfigurationSaysAfterWhichInvocations(String policy, boolean success, boolean failure, boolean trap) {
        String configuration = "{\"artifacts\": \"" + policy + "\"}";
        deploy(configuration, new FileScript().write("f", "x"));
        assertThat(http.get(function).json().at("/configuration/artifacts").asString())
                .isEqualTo(policy);
        assertThat(fetchable(invoke())).isEqualTo(success);
        upload(new FileScript().write("f", "x").exit(3));
        assertThat(fetchable(invoke())).isEqualTo(failure);
        upload(new FileScript().write("f", "x").trap());
        assertThat(fetchable(invoke())).isEqualTo(trap);
    }

    @Test
    void anInvocationThatRanOutOfTimeLeavesWhatItHad() {
        deploy(
                "{\"artifacts\": \"on-failure\", \"limits\": {\"timeoutMs\": 200}}",
                new FileScript().write("f", "so far").loop());
        Http.Answer answer = invoke();
        assertThat(answer.text("type")).isEqualTo("/problems/guest-timeout");
        assertThat(TarFiles.entries(http.get("/v1/invocations/" + answer.text("invocationId") + "/artifacts")
                        .body()))
                .containsExactly(entry("f", "so far"));
    }

    @Test
    void ofAnAsynchronousInvocationItIsThatOfItsLastAttempt() {
        deploy(
                "{\"artifacts\": \"always\", \"retry\": {\"maxAttempts\": 2, \"minBackoffMs\": 1}}",
                new FileScript().write("f", "tried").exit(1));
        String location = http.post(
                        function + "/invocations", "application/octet-stream", NOTHING, "Prefer", "respond-async")
                .header("Location");
        Http.Answer ended = http.get(location + "?wait=30s");
        assertThat(ended.text("state")).isEqualTo("dead");
        assertThat(ended.json().at("/record/artifacts/state").asString()).isEqualTo("kept");
        assertThat(TarFiles.entries(http.get(location + "/artifacts").body())).containsExactly(entry("f", "tried"));
        assertThat(http.delete(location + "/artifacts").status()).isEqualTo(204);
        assertThat(http.get(location + "/artifacts").text("state")).isEqualTo("deleted");
    }

    @ParameterizedTest
    @CsvSource({"4194304, too-large", "1099511627776, too-large"})
    void anArchiveThatWouldBeTooLargeIsNotMade(long size, String state) {
        deploy("{\"artifacts\": \"always\"}", new FileScript().grow("large", size));
        Http.Answer answer = invoke();
        assertThat(answer.status()).isEqualTo(200);
        requireNone(answer, state);
    }

    @Test
    void aNameThatWouldRemoveAFileElsewhereIsRefused() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write(".wh.passwd", ""));
        requireNone(invoke(), "unrepresentable");
    }

    @Test
    void anInvocationThatChangedNothingHasNone() throws IOException {
        String disk = upload("d-" + UUID.randomUUID(), "kept");
        deploy("{\"artifacts\": \"always\", \"rootDisk\": \"" + disk + "@1\"}", new FileScript().read("kept"));
        requireNone(invoke(), "unchanged");
    }

    @Test
    void archivesThatAreKeptHaveABoundTogetherAndForEachFunction() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write("f", Noise.of(200_000, 1)));
        int kept = 0;
        Http.Answer answer = invoke();
        while (fetchable(answer)) {
            kept++;
            answer = invoke();
        }
        requireNone(answer, "storage-full");
        assertThat(answer.status()).as("the result is right").isEqualTo(200);
        assertThat(kept).as("half of 3 MB").isBetween(7, 40);
        assertThat(http.get("/actuator/prometheus").text())
                .contains("mayfly_artifacts_archives_total{state=\"storage-full\"}");
    }

    @Test
    void anArchiveIsGoneWhenItsTimeIsOver() throws IOException {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write("f", "x"));
        Http.Answer answer = invoke();
        ahead = Duration.ofMinutes(59);
        mayfly.bean(ArchiveSweeper.class).sweep();
        assertThat(fetchable(answer)).isTrue();
        ahead = Duration.ofMinutes(61);
        requireNone(answer, "expired");
        mayfly.bean(ArchiveSweeper.class).sweep();
        requireNone(answer, "expired");
        ahead = Duration.ZERO;
        assertThat(http.get(artifacts(answer)).status()).as("it was deleted").isEqualTo(404);
    }

    @Test
    void anArchiveSurvivesARestartAndCanBeDeleted() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write("f", "x"));
        Http.Answer answer = invoke();
        mayfly.restart();
        assertThat(TarFiles.entries(http.get(artifacts(answer)).body())).containsExactly(entry("f", "x"));
        assertThat(http.delete(artifacts(answer)).status()).isEqualTo(204);
        Http.Answer again = http.delete(artifacts(answer));
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("type")).isEqualTo("/problems/artifacts-not-found");
        requireNone(answer, "deleted");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(http.get("/v1/invocations/" + UUID.randomUUID() + "/artifacts")
                        .text("type"))
                .isEqualTo("/problems/invocation-not-found");
        assertThat(http.get("/v1/invocations/x/artifacts").status()).isEqualTo(400);
        assertThat(http.put(function, "{\"artifacts\": \"sometimes\"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("artifacts");
        deploy("{}", new FileScript().write("f", "x"));
        Http.Answer answer = invoke();
        Http.Answer none = http.get(artifacts(answer));
        assertThat(none.text("type")).isEqualTo("/problems/artifacts-not-found");
        assertThat(none.json().has("state")).isFalse();
        assertThat(record(answer).json().has("artifacts")).isFalse();
    }

    @Test
    void anArchiveWithoutRemovalsCanBeUploadedAsADisk() {
        deploy(
                "{\"artifacts\": \"always\"}",
                new FileScript().mkdir("d").write("d/f", "x").link("d/f", "l").symlink("d", "s"));
        String archive = artifacts(invoke());
        String disk = "d-" + UUID.randomUUID();
        Http.Answer uploaded = http.post(
                "/v1/disks/" + disk + "/versions",
                "application/octet-stream",
                http.get(archive).body());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        Http.Answer configured = http.put(function, "{\"rootDisk\": \"" + disk + "@1\"}");
        assertThat(configured.status()).isEqualTo(200);
        upload(new FileScript().read("s/f").read("l"));
        assertThat(invoke().status()).isEqualTo(200);
    }

    @Test
    void theApiIsDescribed() {
        JsonNode description = http.get("/v3/api-docs").json();
        JsonNode path = description.path("paths").path("/v1/invocations/{id}/artifacts");
        assertThat(path.at("/get/operationId").asString()).isEqualTo("getInvocationArtifacts");
        assertThat(path.at("/delete/operationId").asString()).isEqualTo("deleteInvocationArtifacts");
        assertThat(description
                        .at("/components/schemas/Configuration/properties/artifacts/enum")
                        .toString())
                .isEqualTo("[\"never\",\"on-success\",\"on-failure\",\"always\"]");
        assertThat(description
                        .at("/components/schemas/ArtifactsView/properties/state/enum")
                        .toString())
                .contains("kept", "too-large", "expired");
    }

    private void requireNone(Http.Answer answer, String state) {
        JsonNode shown = record(answer).json().path("artifacts");
        assertThat(shown.path("state").asString()).isEqualTo(state);
        assertThat(shown.has("href")).isFalse();
        Http.Answer none = http.get(artifacts(answer));
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text("type")).isEqualTo("/problems/artifacts-not-found");
        assertThat(none.text("state")).isEqualTo(state);
    }

    private static Http.Answer record(Http.Answer answer) {
        return http.get("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"));
    }

    private static String artifacts(Http.Answer answer) {
        return "/v1/invocations/" + answer.header("Mayfly-Invocation-Id") + "/artifacts";
    }

    private static boolean fetchable(Http.Answer answer) {
        return http.get(artifacts(answer)).status() == 200;
    }

    private void deploy(String configuration, FileScript program) {
        Http.Answer configured = http.put(function, configuration);
        assertThat(configured.status()).as(configured.text()).isEqualTo(201);
        upload(program);
    }

    private void upload(FileScript program) {
        Http.Answer uploaded = http.upload(function + "/versions", program.module());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
    }

    private Http.Answer invoke() {
        return http.post(function + "/invocations", "application/octet-stream", NOTHING);
    }

    /** A disk with files whose contents are their paths. */
    private static String upload(String disk, String... files) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            for (String file : files) {
                byte[] contents = file.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file);
                entry.setSize(contents.length);
                tar.putArchiveEntry(entry);
                tar.write(contents);
                tar.closeArchiveEntry();
            }
        }
        Http.Answer uploaded =
                http.post("/v1/disks/" + disk + "/versions", "application/octet-stream", archive.toByteArray());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        return disk;
    }
}

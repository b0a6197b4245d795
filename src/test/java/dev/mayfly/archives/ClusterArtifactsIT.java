package dev.mayfly.archives;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Archives that a worker makes and a control plane keeps. */
@SuppressWarnings("NullAway.Init")
class ClusterArtifactsIT {

    private static final String SECRET = "a secret that only this cluster knows of";
    private static final byte[] NOTHING = {};

    private static Path workerData;
    private static Path controlPlaneData;
    private static Mayfly worker;
    private static Mayfly controlPlane;
    private static Http http;

    private final String function = "/v1/functions/f-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path one, @TempDir Path other) {
        workerData = one;
        controlPlaneData = other;
        worker = Mayfly.worker(one, SECRET, Map.of("mayfly.artifacts.max-size", "40MB"));
        controlPlane = Mayfly.start(
                other,
                Database.POSTGRES,
                Map.of(
                        "mayfly.role", "control-plane",
                        "mayfly.samples.enabled", "false",
                        "mayfly.cluster.secret", SECRET,
                        "mayfly.cluster.workers", worker.uri("").toString(),
                        "mayfly.artifacts.max-size", "20MB",
                        "mayfly.artifacts.max-total", "12MB",
                        "mayfly.artifacts.max-per-function", "12MB"));
        http = new Http(controlPlane);
        await().atMost(Duration.ofSeconds(30)).until(() -> http.get("/v1/workers")
                .json()
                .at("/items/0/state")
                .asString()
                .equals("up"));
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        worker.close();
    }

    @AfterEach
    void nothingIsLeftOnTheWay() {
        await().untilAsserted(() -> {
            assertThat(staged(workerData)).isEmpty();
            assertThat(staged(controlPlaneData)).isEmpty();
        });
    }

    private static List<Path> staged(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("archives"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    @Test
    void theControlPlaneKeepsWhatTheWorkerPacked() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write("f", "from afar"));
        Http.Answer answer = invoke();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(TarFiles.entries(http.get(artifacts(answer)).body())).containsExactly(entry("f", "from afar"));
        assertThat(record(answer).path("state").asString()).isEqualTo("kept");
        assertThat(record(answer).path("files").asInt()).isEqualTo(1);
        assertThat(http.delete(artifacts(answer)).status()).isEqualTo(204);
    }

    @Test
    void aLargeArchiveComesInPieces() {
        FileScript program = new FileScript();
        for (int i = 0; i < 40; i++) {
            program.write("f" + i, Noise.of(40_000, i));
        }
        deploy("{\"artifacts\": \"always\"}", program);
        Http.Answer answer = invoke();
        byte[] archive = http.get(artifacts(answer)).body();
        assertThat(archive.length).isGreaterThan(1_200_000);
        assertThat(TarFiles.entries(archive)).hasSize(40).containsEntry("f39", Noise.of(40_000, 39));
        assertThat(http.get(artifacts(answer), "Range", "bytes=1048570-1048589").body())
                .isEqualTo(Arrays.copyOfRange(archive, 1048570, 1048590));
        assertThat(http.delete(artifacts(answer)).status()).isEqualTo(204);
    }

    @Test
    void oneThatFailedHasOneToo() {
        deploy(
                "{\"artifacts\": \"on-failure\"}",
                new FileScript().write("f", "x").trap());
        Http.Answer answer = invoke();
        assertThat(answer.text("type")).isEqualTo("/problems/guest-trap");
        assertThat(http.get(artifacts(answer)).status()).isEqualTo(200);
    }

    @Test
    void anAsynchronousOneHasThatOfItsLastAttempt() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().write("f", "later"));
        String location = http.post(
                        function + "/invocations", "application/octet-stream", NOTHING, "Prefer", "respond-async")
                .header("Location");
        assertThat(http.get(location + "?wait=30s").text("state")).isEqualTo("succeeded");
        assertThat(TarFiles.entries(http.get(location + "/artifacts").body())).containsExactly(entry("f", "later"));
    }

    @Test
    void whatTheWorkerDoesNotPackIsToldByTheRecord() {
        deploy("{\"artifacts\": \"always\"}", new FileScript().grow("f", 1L << 40));
        Http.Answer large = invoke();
        assertThat(large.status()).isEqualTo(200);
        assertThat(record(large).path("state").asString()).isEqualTo("too-large");
        upload(new FileScript());
        assertThat(record(invoke()).path("state").asString()).isEqualTo("unchanged");
    }

    @Test
    void anInvocationWithoutAWishForOneIsAsBefore() {
        deploy("{}", new FileScript().write("f", "x"));
        Http.Answer answer = invoke();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(record(answer).isMissingNode()).isTrue();
    }

    private static JsonNode record(Http.Answer answer) {
        return http.get("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"))
                .json()
                .path("artifacts");
    }

    private static String artifacts(Http.Answer answer) {
        return "/v1/invocations/" + answer.header("Mayfly-Invocation-Id") + "/artifacts";
    }

    private void deploy(String configuration, FileScript program) {
        assertThat(http.put(function, configuration).status()).isEqualTo(201);
        upload(program);
    }

    private void upload(FileScript program) {
        Http.Answer uploaded = http.upload(function + "/versions", program.module());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
    }

    private Http.Answer invoke() {
        return http.post(function + "/invocations", "application/octet-stream", NOTHING);
    }
}

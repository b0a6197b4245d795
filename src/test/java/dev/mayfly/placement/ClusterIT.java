package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane and two workers, with real instances. */
@SuppressWarnings("NullAway.Init")
class ClusterIT {

    private static final String SECRET = "what all processes of this cluster know";

    private static Mayfly first;
    private static Mayfly second;
    private static Mayfly controlPlane;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path one, @TempDir Path other, @TempDir Path data) {
        first = Mayfly.worker(one, SECRET, Map.of("mayfly.worker.name", "first", "mayfly.engine", "wasmtime"));
        second = Mayfly.worker(other, SECRET, Map.of("mayfly.worker.name", "second", "mayfly.engine", "wasmtime"));
        controlPlane = Mayfly.startOn(
                data,
                Map.of(),
                Map.of(
                        "mayfly.samples.enabled", "true",
                        "mayfly.role", "control-plane",
                        "mayfly.cluster.secret", SECRET,
                        "mayfly.cluster.workers", first.uri("") + "," + second.uri(""),
                        "mayfly.cluster.max-backoff", "200ms"));
        http = new Http(controlPlane);
        awaitUp(2);
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
        first.close();
        second.close();
    }

    private static void awaitUp(int workers) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get("/v1/workers")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(worker ->
                                        worker.path("state").asString().equals("up"))
                                .count()
                        == workers);
    }

    private static Http.Answer invoke(String function, String input) {
        return http.post(
                "/v1/functions/" + function + "/invocations", "text/plain", input.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFunctionRunsOnAWorkerAndIsAnsweredAsIfItRanHere() {
        Http.Answer answer = invoke("hello", "Ada");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("Ada");
        assertThat(answer.header("Mayfly-Engine")).isEqualTo("wasmtime");
    }

    @Test
    void aReactorsResultsAreJson() {
        Http.Answer answer =
                http.post("/v1/functions/fib/invocations", "application/json", "[10]".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.text()).isEqualTo("[55]");
    }

    @Test
    void aLongInputIsStreamedThrough() {
        String line = "one two three four\n";
        Http.Answer answer = http.send(
                "POST",
                "/v1/functions/wordcount/invocations",
                BodyPublishers.ofByteArray(line.repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("400000");
    }

    @Test
    void aTrapIsTold() {
        upload("trapping", "(module (memory (export \"memory\") 1) (func (export \"_start\") unreachable))");
        Http.Answer answer = invoke("trapping", "");
        assertThat(answer.text("type")).isEqualTo("/problems/guest-trap");
        assertThat(answer.text("trap")).isEqualTo("unreachable");
    }

    @Test
    void anInstanceEndsAtItsDeadline() {
        assertThat(http.put("/v1/functions/looping", "{\"limits\": {\"timeoutMs\": 300}}")
                        .status())
                .isLessThan(300);
        upload("looping", "(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))");
        assertThat(invoke("looping", "").text("type")).isEqualTo("/problems/guest-timeout");
    }

    private static void upload(String name, String wat) {
        assertThat(http.upload("/v1/functions/" + name + "/versions", Wat.toBinary(wat))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void workersAreRestartedOneAfterTheOtherAndNoInvocationFails() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Http.Answer>>> failures = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                failures.add(clients.submit(() -> failuresUntil(done)));
            }
            for (Mayfly worker : List.of(first, second)) {
                worker.restartAtSameAddress();
                awaitUp(2);
            }
            done.set(true);
            for (Future<List<Http.Answer>> failed : failures) {
                assertThat(failed.get()).extracting(Http.Answer::text).isEmpty();
            }
        }
    }

    private static List<Http.Answer> failuresUntil(AtomicBoolean done) {
        List<Http.Answer> failures = new ArrayList<>();
        while (!done.get()) {
            Http.Answer answer = invoke("hello", "Ada");
            if (answer.status() != 200) {
                failures.add(answer);
            }
        }
        return failures;
    }
}

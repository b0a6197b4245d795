package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A control plane with two workers that do whatever a worker could do, and break wherever it could break. */
@SuppressWarnings("NullAway.Init")
class RemoteExecutionIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static FakeWorker first;
    private static FakeWorker second;
    private static Mayfly mayfly;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path data) {
        first = new FakeWorker();
        second = new FakeWorker();
        Map<String, String> properties = new HashMap<>();
        properties.put("mayfly.role", "control-plane");
        properties.put("mayfly.cluster.secret", FakeWorker.SECRET);
        properties.put("mayfly.cluster.workers", first.url() + "," + second.url());
        properties.put("mayfly.cluster.heartbeat", "50ms");
        properties.put("mayfly.cluster.heartbeat-timeout", "300ms");
        properties.put("mayfly.cluster.lost-after", "1s");
        properties.put("mayfly.cluster.max-backoff", "100ms");
        properties.put("mayfly.cluster.no-worker-wait", "1s");
        properties.put("mayfly.cluster.start-timeout", "1500ms");
        properties.put("mayfly.cluster.stop-grace", "500ms");
        properties.put("mayfly.scheduling.queue-timeout", "2s");
        properties.put("mayfly.artifacts.max-size", "2MB");
        properties.put("mayfly.samples.enabled", "false");
        mayfly = Mayfly.startOn(data, Map.of(), properties, FakeEngineConfiguration.class);
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void bothWorkersAreUp() {
        for (FakeWorker worker : List.of(first, second)) {
            worker.faulty = true;
            worker.draining = false;
            worker.paused = false;
            worker.busy = false;
        }
        awaitUp(2);
    }

    private static void awaitUp(int workers) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> http.get("/v1/workers")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(worker ->
                                        worker.path("state").asString().equals("up"))
                                .count()
                        == workers);
    }

    /** Publishes a function that is not known yet. */
    private static String publish(String kind, String configuration) {
        String name = kind + "-" + NUMBERS.incrementAndGet();
        assertThat(http.put("/v1/functions/" + name, configuration).status()).isLessThan(300);
        assertThat(http.upload("/v1/functions/" + name + "/versions", TestModules.command(name))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private static String publish(String kind) {
        return publish(kind, "{}");
    }

    private static Http.Answer invoke(String function, String input) {
        return http.post(
                "/v1/functions/" + function + "/invocations", "text/plain", input.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aWorkersOutputIsTheAnswer() {
        Http.Answer answer = invoke(publish("f-ok"), "world");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello world");
        assertThat(answer.header("Mayfly-Engine")).isEqualTo("fake");
    }

    @Test
    void aLongInputFollowsOnARequestOfItsOwn() {
        String input = "x".repeat(1_000_000);

        assertThat(invoke(publish("f-ok"), input).text()).isEqualTo("hello " + input);
    }

    @Test
    void recordsAreWrittenAsForInstancesOfThisProcess() {
        String function = publish("f-ok");
        String id = invoke(function, "world").header("Mayfly-Invocation-Id");

        await().untilAsserted(() -> {
            Http.Answer shown = http.get("/v1/invocations/" + id);
            assertThat(shown.text("outcome")).isEqualTo("succeeded");
            assertThat(shown.text("engine")).isEqualTo("fake");
            assertThat(shown.text("stderrTail") + shown.text("stderr")).contains("said the worker");
        });
    }

    @Test
    void anArchiveOfAWorkerIsKeptAsItCame() {
        String path = artifacts(invoke(publish("f-archive", "{\"artifacts\": \"always\"}"), ""));
        assertThat(http.get(path).body()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"f-archive-short, failed", "f-archive-flood, too-large"})
    void anArchiveThatIsNotWhatItShouldBeIsNotKeptAndTheResultIsRight(String kind, String state) {
        Http.Answer answer = invoke(publish(kind, "{\"artifacts\": \"always\"}"), "world");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello world");
        assertThat(http.get(artifacts(answer)).text("state")).isEqualTo(state);
    }

    @Test
    void packingTakesNoneOfTheInstancesTime() {
        String function = publish("f-archive-late", "{\"artifacts\": \"always\", \"limits\": {\"timeoutMs\": 100}}");
        Http.Answer answer = invoke(function, "world");
        assertThat(answer.text()).isEqualTo("hello world");
        assertThat(http.get(artifacts(answer)).body()).containsExactly(1, 2, 3);
    }

    @Test
    void anArchiveThatIsBrokenOffIsNotKept() {
        Http.Answer answer = invoke(publish("f-archive-broken", "{\"artifacts\": \"always\"}"), "");
        assertThat(answer.text("type")).isEqualTo("/problems/execution-lost");
        assertThat(http.get(artifacts(answer)).text("type")).isEqualTo("/problems/artifacts-not-found");
    }

    @Test
    void aWorkerThatSendsAnArchiveNobodyWantedIsNotBelieved() {
        assertThat(invoke(publish("f-archive"), "").text("type")).isEqualTo("/problems/execution-lost");
    }

    private static String artifacts(Http.Answer answer) {
        return "/v1/invocations/" + answer.header("Mayfly-Invocation-Id") + "/artifacts";
    }

    @Test
    void aModuleIsPushedOnceToEachWorkerHoweverManyWait() throws Exception {
        String function = publish("f-ok");
        int before = first.pushes.get() + second.pushes.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Http.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> invoke(function, "")));
            }
            for (Future<Http.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(first.pushes.get() + second.pushes.get() - before).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f-read", "f-head", "f-started", "f-output"})
    void whatMayHaveStartedIsLostAndNotStartedAgain(String kind) {
        String function = publish(kind);
        int before = first.orders.get() + second.orders.get();

        Http.Answer answer = invoke(function, "");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text("type")).isEqualTo("/problems/execution-lost");
        assertThat(answer.json().path("mayHaveStarted").asBoolean()).isTrue();
        // One for the module, one that was broken.
        assertThat(first.orders.get() + second.orders.get() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f-read", "f-head", "f-started"})
    void whatMayHaveStartedIsStartedAgainIfTheFunctionIsIdempotent(String kind) {
        String function = publish(kind, "{\"idempotent\": true}");
        first.faulty = false;
        for (int i = 0; i < 4; i++) {
            assertThat(invoke(function, "again").text()).isEqualTo("hello again");
        }
    }

    @Test
    void anIdempotentFunctionWhoseOutputWasHandedOnIsNotStartedAgain() {
        assertThat(invoke(publish("f-output", "{\"idempotent\": true}"), "").text("type"))
                .isEqualTo("/problems/execution-lost");
    }

    @Test
    void anIdempotentFunctionThatBreaksEveryWorkerIsGivenUp() {
        assertThat(invoke(publish("f-started", "{\"idempotent\": true}"), "").text("type"))
                .isEqualTo("/problems/execution-lost");
    }

    @Test
    void whatAWorkerHandsBackIsPlacedAgain() {
        String function = publish("f-back");
        first.faulty = false;
        for (int i = 0; i < 4; i++) {
            assertThat(invoke(function, "back").text()).isEqualTo("hello back");
        }
    }

    @Test
    void aModuleThatOneWorkerDoesNotTakeRunsOnAnother() {
        String function = publish("f-refused");
        first.faulty = false;
        for (int i = 0; i < 4; i++) {
            assertThat(invoke(function, "there").text()).isEqualTo("hello there");
        }
    }

    @Test
    void aModuleThatNoWorkerTakesIsRefusedAndTheRefusalSaysWhy() {
        Http.Answer answer = invoke(publish("f-refused"), "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("/problems/module-unsupported");
        assertThat(answer.text("detail")).contains("At byte 7: no vectors.");
    }

    @Test
    void aDrainingWorkerGetsNothingMore() {
        String function = publish("f-ok");
        first.draining = true;
        for (int i = 0; i < 10; i++) {
            assertThat(invoke(function, "").status()).isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(http.get("/v1/workers").text()).contains("draining"));
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void whenAllWorkersAreBusyForTooLongTheAnswerSaysSo() {
        String function = publish("f-ok");
        first.busy = true;
        second.busy = true;

        Http.Answer answer = invoke(function, "");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void aPausedWorkerIsLostAndWhatItHadIsAnswered() {
        String function = publish("f-ok");
        invoke(function, "");
        first.paused = true;
        second.paused = true;

        Http.Answer answer = invoke(function, "");
        assertThat(answer.text("type")).isEqualTo("/problems/execution-lost");

        assertThat(invoke(function, "").text("type")).isIn("/problems/no-workers", "/problems/execution-lost");
        await().untilAsserted(
                        () -> assertThat(invoke(function, "").text("type")).isEqualTo("/problems/no-workers"));
        assertThat(invoke(function, "").status()).isEqualTo(503);
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);

        first.paused = false;
        second.paused = false;
        awaitUp(2);
        assertThat(invoke(function, "").status()).isEqualTo(200);
    }

    @Test
    void aWorkerThatNeverStartsIsGivenUpAlthoughItAnswersHeartbeats() {
        long before = System.nanoTime();
        assertThat(invoke(publish("f-silent"), "").text("type")).isEqualTo("/problems/execution-lost");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anInstanceThatDoesNotEndAtItsDeadlineIsGivenUp() {
        String function = publish("f-hang", "{\"limits\": {\"timeoutMs\": 300}}");
        long before = System.nanoTime();
        assertThat(invoke(function, "").text("type")).isEqualTo("/problems/guest-timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        await().untilAsserted(() -> assertThat(slotsInUse()).isZero());
    }

    private static double slotsInUse() {
        return http.get("/actuator/metrics/mayfly.scheduling.slots.in.use")
                .json()
                .path("measurements")
                .path(0)
                .path("value")
                .asDouble();
    }

    @Test
    void theSchedulerHasTheSlotsOfTheWorkers() {
        await().untilAsserted(() -> assertThat(http.get("/actuator/metrics/mayfly.scheduling.slots")
                        .json()
                        .path("measurements")
                        .path(0)
                        .path("value")
                        .asDouble())
                .isEqualTo(8));
        String metrics = http.get("/actuator/prometheus").text();
        assertThat(metrics)
                .contains("mayfly_cluster_workers{state=\"up\"} 2.0")
                .contains("mayfly_cluster_slots 8.0")
                .contains("mayfly_cluster_placements_total{how=\"affinity\"}")
                .contains("mayfly_cluster_exchange_failures_total{kind=\"lost\"}")
                .contains("mayfly_cluster_module_pushes_total");
    }
}

package dev.mayfly.asynchronous.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.RetryPolicy;
import dev.mayfly.functions.SystemCalls;
import dev.mayfly.invocations.http.Guests;
import dev.mayfly.invocations.http.ScriptedApplication;
import dev.mayfly.invocations.http.ScriptedFunctions;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asynchronous invocations over HTTP, with guests that the test decides about, on each database. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class AsynchronousIT {

    private static final String[] ASYNC = {"Prefer", "respond-async"};

    private static Mayfly mayfly;
    private static ScriptedFunctions functions;
    private static Http http;

    /** Another function for each test. */
    private final String name = "f-" + UUID.randomUUID();

    AsynchronousIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.samples.enabled", "false",
                        "mayfly.async.max-output", "1KB",
                        "mayfly.async.max-input", "2MB",
                        "mayfly.async.max-queued-per-function", "20"),
                ScriptedApplication.class);
        functions = mayfly.bean(ScriptedFunctions.class);
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    private static FunctionConfiguration configured(@Nullable String entryPoint, RetryPolicy retry) {
        return new FunctionConfiguration(
                "",
                Map.of(),
                List.of("configured"),
                new FunctionLimits(1, 5000, 100_000_000, 100_000_000, 64),
                HttpMode.RAW,
                entryPoint,
                SystemCalls.ALL,
                null,
                100,
                false,
                retry);
    }

    private void deploy(int maxAttempts, ScriptedFunctions.Guest guest) {
        functions.deploy(name, configured(null, new RetryPolicy(maxAttempts, 3600, 1, 20)), guest);
    }

    private String path() {
        return "/v1/functions/" + name + "/invocations";
    }

    private Http.Answer submit(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(ASYNC, 0, all, 0, 2);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return http.post(path, "text/plain", body.getBytes(StandardCharsets.UTF_8), all);
    }

    private String accepted(String body) {
        Http.Answer answer = submit(path(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.header("Location");
    }

    private static Http.Answer end(String location) {
        Http.Answer end = http.get(location + "?wait=20s");
        assertThat(end.status()).as(end.text()).isEqualTo(200);
        return end;
    }

    private static void awaitState(String location, String state) {
        await().until(() -> http.get(location).text("state"), state::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "%66"})
    void isAcceptedAndItsResultFetched(String firstLetter) {
        deploy(1, (spec, interruption) -> {
            Guests.print(spec.stdout(), String.join(" ", spec.arguments()) + "|");
            return Guests.echo(spec, interruption);
        });

        Http.Answer answer = submit(
                "/v1/functions/" + firstLetter + name.substring(1) + "/invocations?arg=a%20b&alias=live", "hello");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(answer.header("Location")).isEqualTo("/v1/invocations/" + answer.text("id"));
        assertThat(answer.text("state")).isEqualTo("queued");
        Http.Answer end = end(answer.header("Location"));
        assertThat(end.text("state")).isEqualTo("succeeded");
        assertThat(end.text("outcome")).isEqualTo("succeeded");
        assertThat(end.text("function")).isEqualTo(name);
        assertThat(end.number("attempts")).isEqualTo(1);
        assertThat(end.json().path("exitCode").asInt(-1)).isEqualTo(0);
        assertThat(end.json().path("record").path("bytesIn").asInt()).isEqualTo(5);
        Http.Answer output = http.get(end.text("output"));
        assertThat(output.text()).isEqualTo(name + " configured a b|hello");
        assertThat(output.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(output.header("Mayfly-Output-Truncated")).isEqualTo("false");
    }

    @Test
    void withoutThePreferenceNothingIsOtherThanBefore() {
        deploy(1, Guests::echo);

        Http.Answer answer = http.post(path(), "text/plain", new byte[] {'x'}, "Prefer", "wait=5, return=minimal");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("x");
        Http.Answer record = http.get("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"));
        assertThat(record.text("outcome")).isEqualTo("succeeded");
        assertThat(record.json().has("state")).isFalse();
        assertThat(http.delete("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aReactorsResultsAreItsOutput() {
        FunctionType type = new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
        functions.deploy(name, configured("call", RetryPolicy.DEFAULT), type, (spec, _) -> {
            WasmValue.I32 argument = (WasmValue.I32)
                    ((EntryPoint.Reactor) spec.entryPoint()).arguments().getFirst();
            return new Outcome.Returned(List.of(new WasmValue.I32(argument.value() + 1)));
        });

        Http.Answer end = end(accepted("[41]"));
        assertThat(end.text("state")).isEqualTo("succeeded");
        Http.Answer output = http.get(end.text("output"));
        assertThat(output.text()).isEqualTo("[42]");
        assertThat(output.header("Content-Type")).isEqualTo("application/json");
        assertThat(submit(path(), "{}").status()).isEqualTo(400);
        // That they do not fit is known when the module is, and nothing that another attempt would change.
        Http.Answer unfit = end(accepted("[1.5]"));
        assertThat(unfit.text("state")).isEqualTo("failed");
        assertThat(unfit.number("attempts")).isEqualTo(1);
        assertThat(unfit.json().path("problem").path("type").asString()).isEqualTo("/problems/invalid-request");
    }

    @Test
    void aLongInputArrivesAndALongOutputIsCut() {
        AtomicInteger received = new AtomicInteger();
        deploy(1, (spec, _) -> {
            byte[] input = Guests.readAll(spec);
            received.set(input.length);
            Guests.write(spec.stdout(), input);
            return new Outcome.Exited(0);
        });
        String input = "0123456789".repeat(150_000);

        Http.Answer end = end(accepted(input));

        assertThat(received).hasValue(input.length());
        assertThat(end.text("state")).isEqualTo("succeeded");
        assertThat(end.number("outputBytes")).isEqualTo(input.length());
        assertThat(end.json().path("outputTruncated").asBoolean()).isTrue();
        Http.Answer output = http.get(end.text("output"));
        assertThat(output.text()).isEqualTo(input.substring(0, 1024));
        assertThat(output.header("Mayfly-Output-Truncated")).isEqualTo("true");
        Http.Answer tooLong = submit(path(), "x".repeat(2 * 1024 * 1024 + 1));
        assertThat(tooLong.status()).isEqualTo(413);
    }

    @Test
    void aFailureIsRetriedAndTheSuccessCounts() {
        AtomicInteger attempts = new AtomicInteger();
        deploy(5, (_, _) -> new Outcome.Exited(attempts.incrementAndGet() < 3 ? 7 : 0));

        Http.Answer end = end(accepted(""));

        assertThat(end.text("state")).isEqualTo("succeeded");
        assertThat(end.number("attempts")).isEqualTo(3);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatFailsForGoodIsADeadLetterThatCanBeRedrivenAndPurged() {
        AtomicBoolean broken = new AtomicBoolean(true);
        deploy(2, (spec, interruption) -> {
            Guests.print(spec.stderr(), "broken");
            return broken.get() ? new Outcome.Exited(3) : Guests.echo(spec, interruption);
        });
        String redriven = accepted("once more");
        Http.Answer end = end(redriven);
        assertThat(end.text("state")).isEqualTo("dead");
        assertThat(end.number("attempts")).isEqualTo(2);
        assertThat(end.number("exitCode")).isEqualTo(3);
        assertThat(end.json().path("problem").path("type").asString()).isEqualTo("/problems/guest-exit");
        assertThat(end.json().path("problem").path("stderr").asString()).isEqualTo("broken");
        String purged = accepted("purged");
        end(purged);

        Http.Answer list = http.get("/v1/dead-letters?function=" + name);
        assertThat(list.json().path("items").size()).isEqualTo(2);
        assertThat(list.json().path("items").path(0).path("reason").asString()).isEqualTo("max-attempts");
        Http.Answer first = http.get("/v1/dead-letters?limit=1&function=" + name);
        assertThat(http.get(first.text("next"))
                        .json()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(purged.substring("/v1/invocations/".length()));

        broken.set(false);
        String letter = redriven.replace("invocations", "dead-letters");
        assertThat(http.post(letter + "/redrive", "text/plain", new byte[0]).status())
                .isEqualTo(202);
        Http.Answer again = end(redriven);
        assertThat(again.text("state")).isEqualTo("succeeded");
        assertThat(again.number("attempts")).isEqualTo(1);
        assertThat(http.get(again.text("output")).text()).isEqualTo("once more");
        assertThat(http.get(letter).text()).contains("/problems/dead-letter-not-found");

        assertThat(http.delete("/v1/dead-letters?function=" + name).number("count"))
                .isEqualTo(1);
        assertThat(http.get(purged).status()).isEqualTo(404);
        assertThat(http.get("/v1/dead-letters?function=" + name)
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void oneThatWaitsIsCancelledAtOnce() {
        deploy(1, Guests::echo);
        Http.Answer answer = submit(
                path(), "", "Mayfly-Not-Before", Instant.now().plusSeconds(3600).toString());
        String location = answer.header("Location");
        assertThat(http.get(location).text("state")).isEqualTo("queued");
        assertThat(http.get(location + "/output").status()).isEqualTo(409);

        Http.Answer cancelled = http.delete(location);

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("state")).isEqualTo("cancelled");
        assertThat(http.delete(location).status()).isEqualTo(409);
        assertThat(http.delete("/v1/invocations/00000000-0000-7000-8000-000000000000")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void oneThatRunsIsEndedWhenItIsCancelled() throws Exception {
        CompletableFuture<String> interrupted = new CompletableFuture<>();
        CountDownLatch runs = new CountDownLatch(1);
        deploy(3, (spec, interruption) -> {
            runs.countDown();
            Outcome outcome = Guests.idle(spec, interruption);
            interrupted.complete(interruption.reason().toString());
            return outcome;
        });
        String location = accepted("");
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(http.get(location).text("state")).isEqualTo("running");

        Http.Answer cancelled = http.delete(location);

        assertThat(cancelled.status()).isEqualTo(202);
        Http.Answer end = end(location);
        assertThat(end.text("state")).isEqualTo("cancelled");
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).contains("CANCELLED");
    }

    @Test
    void anIdempotencyKeyStandsForOneRequest() {
        AtomicInteger runs = new AtomicInteger();
        deploy(1, (spec, interruption) -> {
            runs.incrementAndGet();
            return Guests.echo(spec, interruption);
        });
        String[] key = {"Idempotency-Key", "k1"};

        Http.Answer first = submit(path(), "a", key);
        end(first.header("Location"));
        Http.Answer same = submit(path(), "a", key);
        Http.Answer other = submit(path(), "b", key);

        assertThat(same.status()).isEqualTo(202);
        assertThat(same.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text()).contains("/problems/idempotency-conflict");
        assertThat(runs).hasValue(1);
    }

    @Test
    void whatCouldNeverRunIsRefused() {
        deploy(1, Guests::echo);

        assertThat(submit("/v1/functions/none/invocations", "").text()).contains("/problems/function-not-found");
        assertThat(submit(path() + "?version=9", "").text()).contains("/problems/version-not-found");
        assertThat(submit(path(), "", "Mayfly-Not-Before", "soon").status()).isEqualTo(400);
        assertThat(submit(path(), "", "Idempotency-Key", " ".repeat(3)).status())
                .isEqualTo(400);
        assertThat(submit(path(), "", "Mayfly-Callback", "http://127.0.0.1:1/").text())
                .contains("/problems/callback-refused");
        assertThat(http.get("/v1/invocations/nonsense").status()).isEqualTo(400);
    }

    @Test
    void aFunctionsQueueIsBoundedAndCanBeLookedAt() {
        deploy(1, Guests::echo);
        String later = Instant.now().plusSeconds(3600).toString();
        for (int i = 0; i < 20; i++) {
            assertThat(submit(path(), "", "Mayfly-Not-Before", later).status()).isEqualTo(202);
        }

        Http.Answer refused = submit(path(), "", "Mayfly-Not-Before", later);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("limit")).isEqualTo("mayfly.async.max-queued-per-function");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        Http.Answer queue = http.get("/v1/functions/" + name + "/queue");
        assertThat(queue.number("depth")).isEqualTo(20);
        assertThat(queue.json().path("exact").asBoolean()).isTrue();
    }

    @Test
    void oneIsNotRunBeforeItsTime() {
        deploy(1, Guests::echo);
        Instant due = Instant.now().plus(Duration.ofMillis(1500));

        String location =
                submit(path(), "", "Mayfly-Not-Before", due.toString()).header("Location");
        awaitState(location, "succeeded");

        assertThat(Instant.parse(http.get(location).text("started"))).isAfterOrEqualTo(due.minusMillis(1));
    }

    @Test
    void aWaitEndsWithoutAnEnd() {
        deploy(1, Guests::idle);
        String location = accepted("");

        Http.Answer answer = http.get(location, "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("state")).isIn("queued", "running");
        assertThat(http.get(location + "?wait=soon").status()).isEqualTo(400);
        http.delete(location);
    }
}

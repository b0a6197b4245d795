package dev.mayfly.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.mayfly.callbacks.Receiver.Received;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Http.Answer;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results that are delivered to receivers, on each database. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class CallbacksIT {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final String HELLO = "/v1/functions/hello/invocations";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Mayfly mayfly;
    private static Http http;
    private static Receiver receiver;
    private static Receiver slow;
    private static Semaphore permits;

    CallbacksIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        permits = new Semaphore(0);
        receiver = new Receiver(CallbacksIT::answerAsThePathSays);
        slow = new Receiver(exchange -> {
            permits.acquireUninterruptibly();
            exchange.sendResponseHeaders(200, -1);
        });
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.samples.enabled", "false",
                        "mayfly.callbacks.allow", receiver.entry(),
                        "mayfly.callbacks.allow-private", "http://localhost:" + slow.port(),
                        "mayfly.callbacks.secret",
                                "whsec_" + Base64.getEncoder().encodeToString(KEY),
                        "mayfly.callbacks.max-attempts", "3",
                        "mayfly.callbacks.min-backoff", "10ms",
                        "mayfly.callbacks.poll-interval", "50ms",
                        "mayfly.callbacks.max-output", "8B",
                        "mayfly.callbacks.concurrency-per-host", "2"));
        http = new Http(mayfly);
        assertThat(http.upload("/v1/functions/hello/versions", Programs.sample("hello"))
                        .status())
                .isIn(200, 201);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        permits.release(1000);
        mayfly.close();
        slow.close();
        receiver.close();
    }

    private static void answerAsThePathSays(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long before = receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .count();
        boolean fails = path.startsWith("/never") || (path.startsWith("/third") && before < 3);
        exchange.sendResponseHeaders(fails ? 503 : 200, -1);
    }

    private static String invoke(String callback) {
        Answer accepted = http.post(
                HELLO, "text/plain", "Ada".getBytes(UTF_8), "Prefer", "respond-async", "Mayfly-Callback", callback);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String location = accepted.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static List<Received> received(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static JsonNode callback(String id, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> http.get("/v1/invocations/" + id + "/callback").json(),
                        callback -> callback.path("state").asString().equals(state));
    }

    /** As a receiver verifies it. */
    private static String signatureOf(Received request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((request.header("webhook-id") + "." + request.header("webhook-timestamp") + ".").getBytes(UTF_8));
        return "v1,"
                + Base64.getEncoder().encodeToString(mac.doFinal(request.body().getBytes(UTF_8)));
    }

    @Test
    void deliversASignedResult() throws GeneralSecurityException {
        String id = invoke(receiver.entry() + "/once");

        JsonNode callback = callback(id, "delivered");

        Received request = received("/once").getLast();
        assertThat(request.header("webhook-signature")).isEqualTo(signatureOf(request));
        assertThat(Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(request.header("Mayfly-Invocation-Id")).isEqualTo(id);
        assertThat(callback.path("id").asString()).isEqualTo(request.header("webhook-id"));
        assertThat(callback.path("attempts").asInt()).isEqualTo(1);
        assertThat(callback.path("lastStatus").asInt()).isEqualTo(200);
        JsonNode result = JsonMapper.shared().readTree(request.body());
        assertThat(result.path("id").asString()).isEqualTo(id);
        assertThat(result.path("state").asString()).as(request.body()).isEqualTo("succeeded");
        assertThat(result.path("outputText").asString()).hasSize(8).isEqualTo("Hello, A");
        assertThat(result.path("outputTruncated").asBoolean()).isTrue();
        String output = http.get(result.path("output").asString()).text();
        assertThat(output).startsWith("Hello, Ada");
        assertThat(result.path("outputBytes").asInt()).isEqualTo(output.length());
        JsonNode shown = http.get("/v1/invocations/" + id).json();
        List.of("state", "function", "attempts", "accepted", "ended", "version", "outcome", "exitCode", "output")
                .forEach(field -> assertThat(result.path(field)).as(field).isEqualTo(shown.path(field)));
    }

    @Test
    void triesAgainUntilTheReceiverTakesIt() {
        String id = invoke(receiver.entry() + "/third");

        JsonNode callback = callback(id, "delivered");

        assertThat(callback.path("attempts").asInt()).isEqualTo(3);
        assertThat(received("/third")).hasSize(3).allSatisfy(request -> assertThat(request.header("webhook-id"))
                .isEqualTo(callback.path("id").asString()));
    }

    @Test
    void abandonsWhatTheReceiverNeverTakes() {
        String id = invoke(receiver.entry() + "/never");

        JsonNode callback = callback(id, "abandoned");

        assertThat(callback.path("attempts").asInt()).isEqualTo(3);
        assertThat(callback.path("lastStatus").asInt()).isEqualTo(503);
        assertThat(callback.path("lastError").asString()).isEqualTo("status");
        assertThat(received("/never")).hasSize(3);
        assertThat(http.get("/v1/invocations/" + id).text("state")).isEqualTo("succeeded");
        assertThat(http.get("/actuator/prometheus").text())
                .containsPattern("mayfly_async_callbacks_total\\{result=\"abandoned\"} [1-9]")
                .containsPattern("mayfly_async_callbacks_total\\{result=\"retried\"} [1-9]");
    }

    @Test
    void refusesAnAddressThatIsNotAllowed() {
        List.of("http://127.0.0.1:1/", "https://169.254.169.254/latest", receiver.entry() + "/a/../b", "file:///etc")
                .forEach(address -> {
                    Answer answer = http.post(
                            HELLO, "text/plain", new byte[0], "Prefer", "respond-async", "Mayfly-Callback", address);
                    assertThat(answer.status()).as(address).isEqualTo(400);
                    assertThat(answer.text("type")).isEqualTo("/problems/callback-refused");
                });
    }

    @Test
    void doesNotLetASlowReceiverHoldUpOthers() {
        List<String> held = IntStream.range(0, 6)
                .mapToObj(i -> invoke("http://localhost:" + slow.port() + "/" + i))
                .toList();
        await().atMost(PATIENCE).until(() -> slow.received().size() == 2);

        callback(invoke(receiver.entry() + "/meanwhile"), "delivered");

        assertThat(slow.received()).hasSize(2);
        permits.release(6);
        held.forEach(id -> callback(id, "delivered"));
        assertThat(slow.received()).hasSize(6);
    }

    @Test
    void knowsNoCallbackWhereNobodyAskedForOne() {
        Answer answer = http.get("/v1/invocations/01970000-0000-7000-8000-000000000000/callback");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("type")).isEqualTo("/problems/not-found");
    }
}

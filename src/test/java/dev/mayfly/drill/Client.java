package dev.mayfly.drill;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Invokes functions through the front and says what came of it. */
final class Client {

    private static final Map<String, String> SYNCHRONOUS = Map.of("Content-Type", "application/octet-stream");
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Front front;

    Client(Front front) {
        this.front = front;
    }

    /** Uploads a function's module with its configuration, replacing what there was. */
    void deploy(String function, String configuration, byte[] module) throws IOException {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        String path = "/v1/functions/" + function;
        expectSuccess(front.send("PUT", path, json, configuration.getBytes(StandardCharsets.UTF_8)));
        Map<String, String> wasm = Map.of("Content-Type", "application/wasm");
        expectSuccess(front.send("POST", path + "/versions", wasm, module));
    }

    /** Has a function be invoked every second. */
    void schedule(String function) throws IOException {
        expectSuccess(front.send(
                "PUT",
                "/v1/functions/" + function + "/schedules/every-second",
                Map.of("Content-Type", "application/json"),
                "{\"cron\": \"* * * * * *\", \"misfire\": \"fire-all\"}".getBytes(StandardCharsets.UTF_8)));
    }

    /** Invokes a function and says by which status it was answered; 0 without an answer. */
    int status(String function) {
        try {
            String path = "/v1/functions/" + function + "/invocations";
            return front.send("POST", path, SYNCHRONOUS, new byte[] {'x'})
                    .response()
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Invokes a function and waits for its output. */
    Fate invoke(Kind kind, String id) {
        Instant sent = Instant.now();
        long began = System.nanoTime();
        try {
            Front.Exchange exchange = front.send("POST", invocations(kind), SYNCHRONOUS, kind.input(id));
            Duration took = since(began);
            HttpResponse<byte[]> response = exchange.response();
            if (response.statusCode() == 200) {
                String problem = kind.answers(id, response.body()) ? "" : Fate.WRONG;
                return new Fate(kind, sent, took, exchange.through().name(), 200, problem, false, text(response));
            }
            return new Fate(
                    kind,
                    sent,
                    took,
                    exchange.through().name(),
                    response.statusCode(),
                    problem(response),
                    json(response).path("mayHaveStarted").asBoolean(false),
                    text(response));
        } catch (Front.BrokenException e) {
            return new Fate(kind, sent, since(began), e.through().name(), 0, Fate.BROKEN, true, e.toString());
        } catch (IOException e) {
            return new Fate(kind, sent, since(began), "", 0, Fate.REFUSED, false, e.toString());
        }
    }

    /**
     * Hands an invocation in, again and again until it is accepted.
     *
     * @param callback where the result goes; empty for nowhere
     */
    Submission submit(Kind kind, String key, String callback) {
        Instant asked = Instant.now();
        long began = System.nanoTime();
        List<String> refusals = new ArrayList<>();
        while (since(began).compareTo(PATIENCE) < 0) {
            String answer = submitOnce(kind, key, callback, refusals);
            if (!answer.isEmpty()) {
                return new Submission(kind, key, asked, since(began), answer, refusals);
            }
            Await.pass(PAUSE);
        }
        return new Submission(kind, key, asked, since(began), "", refusals);
    }

    private String submitOnce(Kind kind, String key, String callback, List<String> refusals) {
        Map<String, String> headers = new HashMap<>(SYNCHRONOUS);
        headers.putAll(Map.of("Prefer", "respond-async", "Idempotency-Key", key));
        if (!callback.isEmpty()) {
            headers.put("Mayfly-Callback", callback);
        }
        try {
            HttpResponse<byte[]> response = front.send("POST", invocations(kind), headers, kind.input(key))
                    .response();
            if (response.statusCode() == 202) {
                String location = response.headers().firstValue("Location").orElse("");
                return location.substring(location.lastIndexOf('/') + 1);
            }
            refusals.add(problem(response));
        } catch (ConnectException e) {
            refusals.add(Fate.REFUSED);
        } catch (IOException e) {
            refusals.add(Fate.BROKEN);
        }
        return "";
    }

    /** Reads a resource. */
    HttpResponse<byte[]> get(String path) throws IOException {
        return front.send("GET", path, Map.of(), new byte[0]).response();
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    private static String problem(HttpResponse<byte[]> response) {
        String type = json(response).path("type").asString("");
        return type.isEmpty() ? "status-" + response.statusCode() : type.substring(type.lastIndexOf('/') + 1);
    }

    private static void expectSuccess(Front.Exchange exchange) {
        if (exchange.response().statusCode() / 100 != 2) {
            throw new IllegalStateException(exchange.through() + " answered "
                    + exchange.response().statusCode() + ": " + text(exchange.response()));
        }
    }

    private static String invocations(Kind kind) {
        return "/v1/functions/" + kind.function() + "/invocations";
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String text(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), 500));
    }
}

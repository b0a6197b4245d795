package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.Frame;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Invoking over HTTP, with guests that the test decides about. */
@ScriptedApplicationTest
class InvocationIT {

    @Autowired
    private ScriptedFunctions functions;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(String path, BodyPublisher body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> invoke(String function) throws IOException, InterruptedException {
        return post("/v1/functions/" + function + "/invocations", BodyPublishers.noBody());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static FunctionConfiguration limited(int timeoutMs, long input, long output) {
        return ScriptedFunctions.configuration(new FunctionLimits(1, timeoutMs, input, output, 64), HttpMode.RAW);
    }

    @Test
    void theOutputIsTheBodyAndTheHeadersTellTheRest() throws Exception {
        functions.deploy("echo", Guests::echo);

        HttpResponse<String> response = post("/v1/functions/echo/invocations", BodyPublishers.ofString("hello\n"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello\n");
        assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(response, "Mayfly-Version")).isEqualTo("1");
        assertThat(header(response, "Mayfly-Engine")).isEqualTo("scripted");
        assertThat(header(response, "Mayfly-Exit-Code")).isEqualTo("0");
        assertThat(header(response, "Server-Timing"))
                .matches("queue;dur=\\d+\\.\\d{3}, start;dur=\\d+\\.\\d{3}, run;dur=\\d+\\.\\d{3}");
    }

    @Test
    void aFormInTheBodyIsTheFunctionsNotTheServers() throws Exception {
        functions.deploy("form", (spec, interruption) -> {
            Guests.print(spec.stdout(), String.join(" ", spec.arguments()) + "|");
            return Guests.echo(spec, interruption);
        });

        for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + port + "/v1/functions/form/invocations?arg=a%20b&arg=c"))
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString("arg=x&version=7"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("form configured a b c|arg=x&version=7");
        }
    }

    @Test
    void aNonZeroExitIsAProblemWithTheEndOfStandardError() throws Exception {
        functions.deploy("fails", (spec, interruption) -> {
            Guests.print(spec.stdout(), "half a result");
            Guests.print(spec.stderr(), "it broke\u0000\n");
            return new Outcome.Exited(3);
        });

        HttpResponse<String> response = invoke("fails");
        JsonNode problem = json.readTree(response.body());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Mayfly-Exit-Code")).isEqualTo("3");
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/guest-exit");
        assertThat(problem.get("exitCode").intValue()).isEqualTo(3);
        assertThat(problem.get("stderr").stringValue()).isEqualTo("it broke\uFFFD\n");
        assertThat(problem.get("invocationId").stringValue()).isEqualTo(header(response, "Mayfly-Invocation-Id"));
    }

    @Test
    void aTrapIsAProblemWithABacktrace() throws Exception {
        functions.deploy(
                "traps",
                (spec, interruption) -> new Outcome.Trapped(
                        TrapKind.INTEGER_DIVIDE_BY_ZERO,
                        List.of(
                                new Frame(2, Optional.of("divide"), OptionalLong.of(0x1a)),
                                new Frame(1, Optional.empty(), OptionalLong.empty()))));

        HttpResponse<String> response = invoke("traps");
        JsonNode problem = json.readTree(response.body());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(problem.get("trap").stringValue()).isEqualTo("integer-divide-by-zero");
        assertThat(problem.get("backtrace").valueStream().map(JsonNode::stringValue))
                .containsExactly("func[2] divide at 0x1a", "func[1]");
    }

    @Test
    void aTimeoutIsAProblem() throws Exception {
        functions.deploy("sleeps", limited(50, 0, 0), Guests::idle);

        HttpResponse<String> response = invoke("sleeps");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("/problems/guest-timeout");
    }

    @Test
    void aReactorTakesAndReturnsJson() throws Exception {
        FunctionConfiguration configuration =
                new FunctionConfiguration("", Map.of(), List.of(), ScriptedFunctions.LIMITS, HttpMode.RAW, "call");
        FunctionType type = new FunctionType(
                List.of(ValueType.I64, ValueType.F64, ValueType.F32), List.of(ValueType.I64, ValueType.F64));
        functions.deploy("reactor", configuration, type, (spec, interruption) -> {
            List<WasmValue> arguments = ((EntryPoint.Reactor) spec.entryPoint()).arguments();
            return new Outcome.Returned(List.of(arguments.get(0), arguments.get(1), arguments.get(2)));
        });
        String path = "/v1/functions/reactor/invocations";

        HttpResponse<String> response = post(path, BodyPublishers.ofString("[9007199254740993, \"NaN\", 0.1]"));
        assertThat(response.body()).isEqualTo("[9007199254740993,\"NaN\",0.1]");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");

        assertThat(post(path, BodyPublishers.ofString("[1]")).statusCode()).isEqualTo(400);
        assertThat(post(path, BodyPublishers.ofString("[1.5, 1, 1]")).body()).contains("Argument 1 is no i64.");
        for (String body :
                List.of("", "{}", "1", "[1,", "[1, 1, 1] 2", "[1, 1, \"nan\"]", "[1, 1, null]", "[1, 1, [1]]")) {
            assertThat(post(path, BodyPublishers.ofString(body)).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void inputOverItsLimitIsRefused() throws Exception {
        functions.deploy("small", limited(5000, 100_000, 1_000_000), Guests::echo);
        String path = "/v1/functions/small/invocations";

        assertThat(post(path, BodyPublishers.ofByteArray(new byte[100_000])).statusCode())
                .isEqualTo(200);
        assertThat(post(path, BodyPublishers.ofByteArray(new byte[100_001])).statusCode())
                .isEqualTo(413);
        HttpResponse<String> chunked =
                post(path, BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[200_000])));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("/problems/input-too-large", "maxInputBytes");
    }

    @Test
    void outputOverItsLimitIsAProblemWhileItIsHeldBack() throws Exception {
        functions.deploy("chatty", limited(5000, 0, 10), (spec, interruption) -> {
            Guests.print(spec.stdout(), "0123456789A");
            return new Outcome.Exited(0);
        });

        HttpResponse<String> response = invoke("chatty");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("/problems/output-too-large", "maxOutputBytes");
    }

    @Test
    void aRecordIsThereAtOnce() throws Exception {
        functions.deploy("recorded", Guests::echo);
        HttpResponse<String> response = post("/v1/functions/recorded/invocations", BodyPublishers.ofString("abc"));
        String id = header(response, "Mayfly-Invocation-Id");

        JsonNode found = json.readTree(get("/v1/invocations/" + id).body());
        assertThat(found.get("outcome").stringValue()).isEqualTo("succeeded");
        assertThat(found.get("bytesIn").intValue()).isEqualTo(3);
        assertThat(found.get("bytesOut").intValue()).isEqualTo(3);
        JsonNode list =
                json.readTree(get("/v1/functions/recorded/invocations?limit=1").body());
        assertThat(list.get("items").get(0).get("id").stringValue()).isEqualTo(id);
    }

    @Test
    void unknownThingsAreNotFound() throws Exception {
        functions.deploy("known", Guests::echo);

        assertThat(invoke("nothing").body()).contains("/problems/function-not-found");
        assertThat(post("/v1/functions/known/invocations?version=9", BodyPublishers.noBody())
                        .body())
                .contains("/problems/version-not-found");
        assertThat(get("/v1/invocations/00000000-0000-7000-8000-000000000000").statusCode())
                .isEqualTo(404);
        assertThat(post("/v1/functions/known/invocations?versoin=9", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}

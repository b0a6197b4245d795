package dev.mayfly.problems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Http.Answer;
import dev.mayfly.testing.Mayfly;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Errors that no module of ours has a hand in, their explanations, and the description of the API. */
@SuppressWarnings("NullAway.Init")
class ProblemsIT {

    private static Mayfly mayfly;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mayfly = Mayfly.start(directory, Database.H2, Map.of());
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
    }

    @Test
    void whatFrameworkAndContainerRefuseIsAProblemToo() {
        assertProblem(http.get("/v1/nothing"), "not-found", 404);
        assertProblem(http.delete("/v1/functions"), "method-not-allowed", 405);
        assertProblem(http.get("/v1/functions", "Accept", "image/png"), "not-acceptable", 406);
        assertProblem(http.post("/v1/functions/f/versions", "text/plain", new byte[1]), "unsupported-media-type", 415);
        assertProblem(http.put("/v1/functions/f", "{"), "invalid-request", 400);
        assertProblem(http.get("/v1/functions/f/versions/one"), "invalid-request", 400);
        assertProblem(http.send("PATCH", "/error", BodyPublishers.noBody()), "not-found", 404);
        assertThat(http.delete("/v1/functions").header("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/<functions> HTTP/1.1", "GET /v1/functions HTTP/9.9", "(: /v1 HTTP/1.1"})
    void whatIsNoRequestIsAProblemToo(String line) throws IOException {
        URI server = mayfly.uri("/");
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write((line + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .containsPattern("^HTTP/1.1 (400|505) ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("\"/problems/")
                    .doesNotContain("<html", "Tomcat");
        }
    }

    @Test
    void saysWhereJsonBreaks() {
        Answer answer = http.put("/v1/functions/f", "{\n  \"env\": {]");

        assertThat(answer.json().at("/errors/0/message").asString())
                .isEqualTo("the body is not well-formed JSON, at line 2, column 11");
    }

    @Test
    void everyTypeLeadsToItsExplanation() {
        JsonNode all = http.get("/problems").json();
        assertThat(all).hasSize(ProblemType.values().length);

        for (JsonNode problem : all) {
            Answer json = http.get(problem.at("/type").asString());
            Answer page = http.get(problem.at("/type").asString(), "Accept", "text/html,*/*;q=0.8");

            assertThat(json.json()).isEqualTo(problem);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.text()).contains("<h1>", problem.at("/type").asString());
        }
        assertThat(http.get("/problems", "Accept", "text/html").text()).contains("/problems/module-malformed");
        assertProblem(http.get("/problems/none"), "not-found", 404);
    }

    @Test
    void describesEveryOperationOfFunctions() {
        JsonNode api = http.get("/v3/api-docs").json();
        Set<String> operations = api.at("/paths").values().stream()
                .flatMap(path -> path.values().stream())
                .map(operation -> operation.at("/operationId").asString())
                .collect(Collectors.toSet());

        assertThat(operations)
                .contains(
                        "publishVersion",
                        "listVersions",
                        "getVersion",
                        "downloadModule",
                        "listFunctions",
                        "getFunction",
                        "configureFunction",
                        "deleteFunction",
                        "listAliases",
                        "getAlias",
                        "setAlias",
                        "deleteAlias");
        JsonNode publish = api.at("/paths/~1v1~1functions~1{name}~1versions/post");
        assertThat(publish.at("/requestBody/content").propertyNames())
                .containsExactlyInAnyOrder("application/wasm", "multipart/form-data");
        assertThat(publish.at("/responses").propertyNames()).contains("201", "400", "413", "422", "429", "500");
        assertThat(api.at("/components/schemas").propertyNames())
                .contains("Configuration", "Function", "Version", "Problem");
        assertThat(http.get("/swagger-ui/index.html").text()).contains("swagger-ui");
    }

    private static void assertProblem(Answer answer, String type, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("/problems/" + type);
        assertThat(answer.number("status")).isEqualTo(status);
        assertThat(answer.text("detail")).isNotEmpty().doesNotContain("dev.mayfly", "springframework");
    }
}

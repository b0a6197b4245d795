package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.HttpMode;
import dev.mayfly.sandbox.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The short way to functions: the same keys, checks and headers as on the long one. */
@ScriptedApplicationTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:data-plane",
            "mayfly.access.keys[0].name=ci",
            // of "secret", by sha256sum
            "mayfly.access.keys[0].hash=sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
        })
class DataPlaneIT {

    private static final String CALL = "/v1/functions/plain/invocations";
    /** The same function, by characters that only the long way decodes. */
    private static final String ENCODED_CALL = "/v1/functions/%70lain/invocations";

    private static final String KEY = "Authorization: Bearer secret\r\n";

    @Autowired
    private ScriptedFunctions functions;

    @Autowired
    private MeterRegistry registry;

    @LocalServerPort
    private int port;

    @BeforeEach
    void deploy() {
        functions.deploy("plain", Guests::echo);
        functions.deploy(
                "page", ScriptedFunctions.configuration(ScriptedFunctions.LIMITS, HttpMode.WAGI), (spec, _) -> {
                    Guests.print(spec.stdout(), "Content-Type: text/plain\nCache-Control: max-age=60\n\npage");
                    return new Outcome.Exited(0);
                });
    }

    private RawClient.Response send(String method, String path, String headers) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: 0\r\n\r\n");
            return client.receive();
        }
    }

    private double requests(String uri, int status) {
        return (double)
                registry
                        .find("http.server.requests")
                        .tag("uri", uri)
                        .tag("status", Integer.toString(status))
                        .timers()
                        .stream()
                        .mapToLong(Timer::count)
                        .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {CALL, ENCODED_CALL})
    void aCallNeedsAKey(String path) throws Exception {
        RawClient.Response without = send("POST", path, "");
        RawClient.Response wrong = send("POST", path, "Authorization: Bearer wrong\r\n");
        RawClient.Response with = send("POST", path, KEY);

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text()).contains("/problems/unauthorized");
        assertThat(without.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.headers()).containsEntry("www-authenticate", "Bearer error=\"invalid_token\"");
        assertThat(with.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/functions/plain/invocations, /v1/functions/%70lain/invocations",
        "/v1/functions/plain/invocations?version=2, /v1/functions/%70lain/invocations?version=2",
        "/v1/functions/plain/invocations?no=1, /v1/functions/%70lain/invocations?no=1",
        "/v1/functions/none/invocations, /v1/functions/%6eone/invocations",
        "/v1/functions/9/invocations, /v1/functions/%39/invocations",
        "/f/plain/x, /f/%70lain/x"
    })
    void bothWaysAnswerAlike(String shortWay, String longWay) throws Exception {
        RawClient.Response direct = send("POST", shortWay, KEY);
        RawClient.Response around = send("POST", longWay, KEY);

        assertThat(direct.status()).isEqualTo(around.status());
        assertThat(constant(direct.headers())).isEqualTo(constant(around.headers()));
        assertThat(direct.text()).isEqualTo(around.text());
    }

    private static Map<String, String> constant(Map<String, String> headers) {
        Map<String, String> constant = new TreeMap<>(headers);
        constant.keySet().removeAll(List.of("date", "mayfly-invocation-id", "server-timing"));
        return constant;
    }

    @Test
    void theGatewayIsOpenAndAFunctionsOwnHeadersGoFirst() throws Exception {
        RawClient.Response page = send("GET", "/f/page", "Authorization: Bearer of-the-function\r\n");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).isEqualTo("page");
        assertThat(page.headers())
                .containsEntry("cache-control", "max-age=60")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .doesNotContainKeys("pragma", "content-security-policy");
    }

    @ParameterizedTest
    @CsvSource({"GET, /f/page/..;/x", "GET, /f/page/../x", "GET, /f/page/%2e%2e/x", "TRACE, /f/page", "MADEUP, /f/page"
    })
    void whatTheFirewallRefusesGetsNowhere(String method, String path) throws Exception {
        RawClient.Response refused = send(method, path, "");

        assertThat(refused.status()).isBetween(400, 405);
        assertThat(refused.text()).contains("/problems/");
    }

    @Test
    void requestsAreTimedAsAllOthersAre() throws Exception {
        double calls = requests("/v1/functions/{name}/invocations", 200);
        double refused = requests("/v1/functions/{name}/invocations", 401);
        double visits = requests("/f/{name}/**", 200);

        send("POST", CALL, KEY);
        send("POST", CALL, "");
        send("GET", "/f/page", "");
        send("MADEUP", "/f/page", "");

        assertThat(requests("/v1/functions/{name}/invocations", 200)).isEqualTo(calls + 1);
        assertThat(requests("/v1/functions/{name}/invocations", 401)).isEqualTo(refused + 1);
        assertThat(requests("/f/{name}/**", 200)).isEqualTo(visits + 1);
        assertThat(registry.find("http.server.requests").tag("method", "MADEUP").timers())
                .isEmpty();
    }
}

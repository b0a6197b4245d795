package dev.mayfly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@AccessTest
@TestPropertySource(
        properties = {
            "mayfly.access.keys[0].name=ci",
            // of "secret", by sha256sum
            "mayfly.access.keys[0].hash=sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
            "server.address=0.0.0.0"
        })
class AccessWithKeysTest {

    @Autowired
    private MockMvcTester mvc;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/functions",
                "/v1/functions/hello/invocations",
                "/v1/invocations/0/artifacts",
                "/actuator/prometheus",
                "/actuator/health/db",
                "/elsewhere",
                "/not-there"
            })
    void aCallWithoutAKeyIsRefused(String path) {
        MvcTestResult refused = mvc.post().uri(path).exchange();

        assertThat(refused).hasStatus(HttpStatus.UNAUTHORIZED).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).hasHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        assertThat(refused).bodyJson().extractingPath("type").isEqualTo("/problems/unauthorized");
        assertThat(refused).bodyJson().doesNotHavePath("properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic c2VjcmV0", "secret"})
    void aWrongKeyIsRefused(String authorization) {
        MvcTestResult refused = mvc.get()
                .uri("/v1/functions")
                .header(HttpHeaders.AUTHORIZATION, authorization)
                .exchange();

        assertThat(refused)
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .hasHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret", "bearer secret"})
    void aKeyOpensTheApi(String authorization) {
        assertThat(mvc.post().uri("/v1/functions/hello/invocations").header(HttpHeaders.AUTHORIZATION, authorization))
                .hasStatusOk()
                .hasBodyTextEqualTo(Echo.ANSWER);
    }

    @Test
    void withAKeyTheHostDoesNotMatter() {
        assertThat(mvc.get()
                        .uri("http://mayfly.example.org/v1/functions")
                        .header(HttpHeaders.AUTHORIZATION, "Bearer secret")
                        .header("Sec-Fetch-Site", "cross-site"))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/problems/unauthorized",
                "/f/hello",
                "/f/hello/a//b/100%25"
            })
    void openPlacesNeedNoKey(String path) {
        assertThat(mvc.get().uri(URI.create(path))).hasStatusOk().hasBodyTextEqualTo(Echo.ANSWER);
    }

    @Test
    void theGatewayIsOpenWhateverTheFunctionMakesOfAnAuthorization() {
        assertThat(mvc.delete().uri("/f/hello").header(HttpHeaders.AUTHORIZATION, "Bearer of-the-function"))
                .hasStatusOk()
                .doesNotContainHeader("Content-Security-Policy");
    }

    @Test
    void healthIsOpenForReadingOnly() {
        assertThat(mvc.post().uri("/actuator/health")).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/f/../v1/functions", "/f/%2e%2e/v1/functions", "/f/..;/v1/functions", "/f/x;a=b"})
    void aPathThatIsNotPlainIsRefused(String path) {
        MvcTestResult refused = mvc.get().uri(URI.create(path)).exchange();

        assertThat(refused).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).bodyJson().extractingPath("type").isEqualTo("/problems/invalid-request");
    }

    @Test
    void aDoubleSlashOpensNothing() {
        assertThat(mvc.get().uri(URI.create("http://localhost//v1/functions"))).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void noSessionIsMade() {
        MvcTestResult answer = mvc.get()
                .uri("/v1/functions")
                .header(HttpHeaders.AUTHORIZATION, "Bearer secret")
                .exchange();

        assertThat(answer).doesNotContainHeader(HttpHeaders.SET_COOKIE);
        assertThat(answer.getRequest().getSession(false)).isNull();
    }

    @Test
    void contentIsNotSniffed() {
        assertThat(mvc.get().uri("/f/hello")).hasHeader("X-Content-Type-Options", "nosniff");
    }
}

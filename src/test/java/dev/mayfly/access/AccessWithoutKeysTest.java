package dev.mayfly.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@AccessTest
class AccessWithoutKeysTest {

    @Autowired
    private MockMvcTester mvc;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/v1/functions",
                "http://LOCALHOST:8080/v1/functions",
                "http://127.0.0.1:8080/actuator/prometheus",
                "http://127.1.2.3/v1/functions"
            })
    void whatIsAddressedToThisMachineIsServed(String uri) {
        assertThat(mvc.get().uri(uri)).hasStatusOk().hasBodyTextEqualTo(Echo.ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://rebound.example.org:8080/v1/functions",
                "http://127.0.0.1.example.org/v1/functions",
                "http://localhost.example.org/actuator/prometheus",
                "http://192.0.2.1/v1/functions"
            })
    void anotherNameForThisMachineIsRefused(String uri) {
        MvcTestResult refused = mvc.get().uri(uri).exchange();

        assertThat(refused).hasStatus(HttpStatus.FORBIDDEN).doesNotContainHeader(HttpHeaders.WWW_AUTHENTICATE);
        assertThat(refused).bodyJson().extractingPath("type").isEqualTo("/problems/forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "something-new"})
    void whatAPageElsewhereFetchesIsRefused(String site) {
        assertThat(mvc.post().uri("http://localhost:8080/v1/functions").header("Sec-Fetch-Site", site))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "https://example.org", "http://localhost:3000", "http://127.0.0.1:8080", "http://["})
    void anotherOriginIsRefused(String origin) {
        MvcTestResult answer = mvc.post()
                .uri("http://localhost:8080/v1/functions")
                .header(HttpHeaders.ORIGIN, origin)
                .exchange();

        assertThat(answer).hasStatus(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/v1/functions, http://localhost:8080",
        "http://127.0.0.1/v1/functions, http://127.0.0.1",
        "https://localhost:443/v1/functions, https://localhost"
    })
    void pagesOfOurOwnAreServed(String uri, String origin) {
        assertThat(mvc.post().uri(uri).header(HttpHeaders.ORIGIN, origin).header("Sec-Fetch-Site", "same-origin"))
                .hasStatusOk();
    }

    @Test
    void theGatewayServesAnyoneButKeepsThePagesOfFunctionsFromTheApi() {
        MvcTestResult answer = mvc.get()
                .uri("http://app.example.org/f/page")
                .header("Sec-Fetch-Site", "cross-site")
                .exchange();

        assertThat(answer).hasStatusOk();
        assertThat(answer.getResponse().getHeaders("Content-Security-Policy"))
                .anySatisfy(policy -> assertThat(policy).startsWith("sandbox").doesNotContain("allow-same-origin"));
    }

    @Test
    void healthProbesAreServedByAnyName() {
        assertThat(mvc.get().uri("http://192.0.2.1/actuator/health/liveness")).hasStatusOk();
    }
}

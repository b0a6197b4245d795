package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;

class CgiResponseTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private String begin(String output) throws MalformedGuestResponseException {
        int body = new CgiResponse().begin(output.getBytes(StandardCharsets.ISO_8859_1), response);
        return output.substring(body);
    }

    @Test
    void linesEndWithLfOrCrLf() throws Exception {
        assertThat(begin("Content-Type: text/plain\nX: 1\n\nbody")).isEqualTo("body");
        assertThat(begin("Content-Type: text/plain\r\nY: 2\r\n\r\nbody\n\n")).isEqualTo("body\n\n");
        assertThat(response.getHeader("X")).isEqualTo("1");
        assertThat(response.getHeader("Y")).isEqualTo("2");
    }

    @Test
    void theStatusIsTheProgramsToChoose() throws Exception {
        begin("Status: 404 Not Here\n\n");
        assertThat(response.getStatus()).isEqualTo(404);
        begin("status:503\nContent-Type: text/plain\n\n");
        assertThat(response.getStatus()).isEqualTo(503);
        begin("Content-Type: text/plain\n\n");
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void aLocationRedirects() throws Exception {
        begin("Location: https://example.test/\n\n");
        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getHeader("Location")).isEqualTo("https://example.test/");
        begin("Location: /created\nStatus: 201\n\n");
        assertThat(response.getStatus()).isEqualTo(201);
    }

    @Test
    void headersThatAreTheServersAreDropped() throws Exception {
        begin("""
                Content-Type: text/plain
                Transfer-Encoding: chunked
                content-length: 3
                Connection: upgrade
                Strict-Transport-Security: max-age=1
                Mayfly-Outcome: succeeded
                Set-Cookie: a=1
                Set-Cookie: b=2

                """);
        assertThat(response.getHeaderNames()).containsExactlyInAnyOrder("Content-Type", "Set-Cookie");
        assertThat(response.getHeaders("Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "body",
                "\n\nbody",
                "X: 1\n\n",
                "Content-Type: text/plain\n",
                "Content-Type text/plain\n\n",
                ": x\n\n",
                "Content Type: text/plain\n\n",
                "Content-Type : text/plain\n\n",
                "Content-Type: text/plain\n folded\n\n",
                "Content-Type: a\rX: b\n\n",
                "Content-Type: a\u0000b\n\n",
                "Content-Type: a\nContent-Type: b\n\n",
                "Status: 101 Switching\n\n",
                "Status: 600\n\n",
                "Status: 2000\n\n",
                "Status: OK\n\n",
                "Status: 20\n\n",
                "Status:\n\n"
            })
    void whatIsNoResponseIsRefusedAndLeavesNothingBehind(String output) {
        assertThatExceptionOfType(MalformedGuestResponseException.class).isThrownBy(() -> begin(output));
        assertThat(response.getHeaderNames()).isEmpty();
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void aHeadThatIsTooLongIsRefused() {
        assertThatExceptionOfType(MalformedGuestResponseException.class)
                .isThrownBy(() -> begin("Content-Type: text/plain\nX: " + "x".repeat(64 * 1024) + "\n\n"))
                .withMessageContaining("65536");
        assertThatExceptionOfType(MalformedGuestResponseException.class)
                .isThrownBy(() -> begin("X: 1\n".repeat(101) + "\n"))
                .withMessageContaining("100");
    }
}

package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.HttpMode;
import dev.mayfly.sandbox.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Functions behind the HTTP gateway. */
@ScriptedApplicationTest
class GatewayIT {

    @Autowired
    private ScriptedFunctions functions;

    @LocalServerPort
    private int port;

    private RawClient.Response send(String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request.replace("\n", "\r\n"));
            return client.receive();
        }
    }

    private void deployWagi(String name, ScriptedFunctions.Guest guest) {
        functions.deploy(name, ScriptedFunctions.configuration(ScriptedFunctions.LIMITS, HttpMode.WAGI), guest);
    }

    @Test
    void aRawFunctionGetsAndGivesBodiesWhateverTheMethod() throws Exception {
        functions.deploy("raw", Guests::echo);

        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
            RawClient.Response response = send(
                    method
                            + " /f/raw/any/path HTTP/1.1\nHost: x\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 3\n\na=b");
            assertThat(response.status()).as(method).isEqualTo(200);
            assertThat(response.text()).as(method + response.headers()).isEqualTo("a=b");
            assertThat(response.headers()).doesNotContainKey("allow");
        }
    }

    @Test
    void aWagiFunctionSeesTheRequestAndMakesTheResponse() throws Exception {
        deployWagi("wagi", (spec, interruption) -> {
            Guests.print(spec.stdout(), "Status: 201 Created\nContent-Type: text/plain\nX-Mine: yes\n\n");
            Map<String, String> environment = new TreeMap<>(spec.environment());
            Guests.print(spec.stdout(), spec.arguments() + "\n" + environment + "\n");
            return Guests.echo(spec, interruption);
        });

        RawClient.Response response = send("""
                POST /f/wagi/a%20b/c+d?x=1&y HTTP/1.1
                Host: example.test:81
                Content-Type: text/x
                Content-Length: 4
                Authorization: Bearer secret
                Proxy: http://evil
                X_Sneaky: 1
                Greeting: overridden?
                X-Two: 1
                X-Two: 2

                body""");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsEntry("content-type", "text/plain")
                .containsEntry("x-mine", "yes");
        assertThat(response.text())
                .startsWith("[/f/wagi, configured, x=1, y]\n")
                .endsWith("\nbody")
                .contains(
                        "CONTENT_LENGTH=4",
                        "CONTENT_TYPE=text/x",
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "GREETING=hello",
                        "HTTP_GREETING=overridden?",
                        "HTTP_HOST=example.test:81",
                        "HTTP_X_TWO=1, 2",
                        "PATH_INFO=/a b/c+d",
                        "QUERY_STRING=x=1&y",
                        "REMOTE_ADDR=127.0.0.1",
                        "REQUEST_METHOD=POST",
                        "SCRIPT_NAME=/f/wagi",
                        "SERVER_NAME=example.test",
                        "SERVER_PORT=81",
                        "SERVER_PROTOCOL=HTTP/1.1",
                        "SERVER_SOFTWARE=Mayfly")
                .doesNotContain("secret", "evil", "SNEAKY");
    }

    @Test
    void aLongWagiBodyIsStreamedBehindItsHeaders() throws Exception {
        deployWagi("long-wagi", (spec, interruption) -> {
            Guests.print(spec.stdout(), "Content-Type: text/plain\r\n\r\n");
            Guests.write(spec.stdout(), new byte[1024 * 1024]);
            return new Outcome.Exited(0);
        });

        RawClient.Response response = send("GET /f/long-wagi HTTP/1.1\nHost: x\n\n");

        assertThat(response.headers()).containsEntry("content-type", "text/plain");
        assertThat(response.body()).hasSize(1024 * 1024);
        assertThat(response.trailers()).containsEntry("mayfly-outcome", "succeeded");
    }

    @Test
    void anAnswerThatIsNoResponseIsAProblem() throws Exception {
        deployWagi("malformed", (spec, interruption) -> {
            Guests.print(spec.stdout(), "<html>no headers</html>");
            return new Outcome.Exited(0);
        });
        deployWagi("malformed-and-long", (spec, interruption) -> {
            Guests.write(spec.stdout(), new byte[1024 * 1024]);
            return new Outcome.Exited(0);
        });

        for (String name : new String[] {"malformed", "malformed-and-long"}) {
            RawClient.Response response = send("GET /f/" + name + " HTTP/1.1\nHost: x\n\n");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.text()).contains("/problems/guest-response");
        }
    }

    @Test
    void aHeadRequestGetsNoBody() throws Exception {
        deployWagi("head", (spec, interruption) -> {
            Guests.print(spec.stdout(), "Content-Type: text/plain\n\nbody");
            return new Outcome.Exited(0);
        });
        try (RawClient client = new RawClient(port)) {
            client.send("HEAD /f/head HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.receiveHead()).isEqualTo(200);
            client.send("GET /f/head HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.receive().text()).isEqualTo("body");
        }
    }
}

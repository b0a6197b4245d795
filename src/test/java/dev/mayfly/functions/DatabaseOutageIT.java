package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is really stopped, and started again. */
class DatabaseOutageIT {

    private static final String INVOCATIONS = "/v1/functions/known/invocations";
    /** Far below what waiting for a connection takes. */
    private static final Duration AT_ONCE = Duration.ofMillis(1500);

    @Test
    void knownFunctionsAreInvokedWhileTheDatabaseIsGoneAndTheRestComesBackWithIt(
            @TempDir Path data, @TempDir Path cluster) throws Exception {
        int port = freePort();
        EmbeddedPostgres postgres = start(port, cluster);
        try (Mayfly mayfly = Mayfly.startOn(data, properties(port), Map.of(), FakeEngineConfiguration.class)) {
            Http http = new Http(mayfly);
            assertThat(http.upload("/v1/functions/known/versions", TestModules.command("known"))
                            .status())
                    .isEqualTo(201);
            assertThat(invoke(http).status()).isEqualTo(200);

            postgres.close();

            assertThat(http.get("/v1/functions").text("type")).isEqualTo("/problems/database-unavailable");
            for (int i = 0; i < 20; i++) {
                long before = System.nanoTime();
                assertThat(invoke(http).status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
            }
            assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);

            postgres = start(port, cluster);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            http.upload("/v1/functions/later/versions", TestModules.command("later"))
                                    .status())
                    .isEqualTo(201));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            http.get(INVOCATIONS).json().path("items").size())
                    .as("records of the time without a database")
                    .isEqualTo(21));
        } finally {
            postgres.close();
        }
    }

    private static Http.Answer invoke(Http http) {
        return http.post(INVOCATIONS, "text/plain", new byte[0]);
    }

    private static EmbeddedPostgres start(int port, Path cluster) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .start();
    }

    private static Map<String, String> properties(int port) {
        return Map.of(
                "spring.profiles.active",
                "postgres",
                "spring.datasource.url",
                "jdbc:postgresql://localhost:" + port + "/postgres",
                "spring.datasource.username",
                "postgres",
                "spring.datasource.password",
                "postgres");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package dev.mayfly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The whole application, told to listen for other machines. */
@ExtendWith(OutputCaptureExtension.class)
class OpenAddressIT {

    private static final String EVERYWHERE = "0.0.0.0";

    @Test
    void withoutKeysItDoesNotStartAndSaysWhatToDo(@TempDir Path directory, CapturedOutput output) {
        Map<String, String> open = Map.of("server.address", EVERYWHERE);

        assertThatThrownBy(() -> Mayfly.start(directory, Database.H2, open))
                .hasRootCauseInstanceOf(OpenAddressException.class);

        assertThat(output)
                .contains("server.address is every address of this machine, which other machines reach, and no API keys"
                        + " are configured.")
                .contains("Configure a key (mayfly.access.keys[0].name and .hash");
    }

    @Test
    void withKeysItServesWhoHasOne(@TempDir Path directory) {
        Map<String, String> open = Map.of(
                "server.address", EVERYWHERE,
                "mayfly.access.keys[0].name", "ci",
                // of "secret", by sha256sum
                "mayfly.access.keys[0].hash",
                        "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, open)) {
            Http http = new Http(mayfly);

            assertThat(http.get("/v1/functions").status()).isEqualTo(401);
            assertThat(http.get("/actuator/prometheus").status()).isEqualTo(401);
            assertThat(http.get("/v1/functions", "Authorization", "Bearer secret")
                            .status())
                    .isEqualTo(200);
            assertThat(http.get("/actuator/prometheus", "Authorization", "Bearer secret")
                            .text())
                    .contains("jvm_memory_used_bytes");
            assertThat(http.get("/actuator/health").text()).contains("UP").doesNotContain("components");
            assertThat(http.get("/actuator/health", "Authorization", "Bearer secret")
                            .json()
                            .at("/components/db/status")
                            .asString())
                    .isEqualTo("UP");
            assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(http.get("/actuator/health/db").status()).isEqualTo(401);
            assertThat(http.get("/v3/api-docs").status()).isEqualTo(200);
            assertThat(http.get("/f/none").status()).isEqualTo(404);
        }
    }
}

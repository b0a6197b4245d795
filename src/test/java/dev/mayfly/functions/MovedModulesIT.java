package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process that kept modules in files becomes several that keep them in the database. */
class MovedModulesIT {

    private static final String FUNCTION = "/v1/functions/moved";

    @Test
    void modulesOfFilesAreFoundInTheDatabase(@TempDir Path before, @TempDir Path elsewhere) {
        Map<String, String> database = Database.POSTGRES.properties();
        try (Mayfly one = start(before, database, "files")) {
            Http http = new Http(one);
            assertThat(http.upload(FUNCTION + "/versions", TestModules.command("x".repeat(1_500_000)))
                            .status())
                    .isEqualTo(201);
            http.upload("/v1/functions/gone/versions", TestModules.command("gone"));
            http.delete("/v1/functions/gone");
        }
        try (Mayfly _ = start(before, database, "database");
                Mayfly another = start(elsewhere, database, "database")) {
            Http.Answer answer = new Http(another)
                    .post(FUNCTION + "/invocations", "text/plain", "x".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    private static Mayfly start(Path directory, Map<String, String> database, String store) {
        Map<String, String> properties =
                new HashMap<>(Map.of("mayfly.modules.store", store, "mayfly.samples.enabled", "false"));
        return Mayfly.startOn(directory, database, properties, FakeEngineConfiguration.class);
    }
}

package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The API of functions over HTTP, on each database. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class FunctionsApiIT {

    private static Mayfly mayfly;
    private static Http http;

    private final String function = "f-" + UUID.randomUUID();
    private final String path = "/v1/functions/" + function;

    FunctionsApiIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(directory, database, Map.of());
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @Test
    void publishesAnUploadAndMakesItLive() {
        Http.Answer answer = http.upload(path + "/versions", TestModules.command("a"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(path + "/versions/1");
        assertThat(answer.json().path("kind").asString()).isEqualTo("command");
    }
}

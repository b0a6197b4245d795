package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications on one PostgreSQL, one of which ends while schedules fire. */
class SchedulesClusterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    @Test
    void firesOnceAcrossTheClusterThoughOneProcessEnds() {
        Map<String, String> database = Database.POSTGRES.properties();
        Map<String, String> more = Map.of("mayfly.samples.enabled", "false", "mayfly.schedules.poll-interval", "100ms");
        try (Mayfly survivor = Mayfly.startOn(first, database, more, FakeSubmissionsConfiguration.class)) {
            FakeSubmissions here = survivor.bean(FakeSubmissions.class);
            FakeSubmissions there;
            try (Mayfly other = Mayfly.startOn(second, database, more, FakeSubmissionsConfiguration.class)) {
                there = other.bean(FakeSubmissions.class);
                Http http = new Http(survivor);
                assertThat(http.put("/v1/functions/f", "{}").status()).isEqualTo(201);
                Stream.of("a", "b", "c")
                        .forEach(name -> http.put("/v1/functions/f/schedules/" + name, "{\"cron\": \"* * * * * *\"}"));
                await().atMost(PATIENCE)
                        .until(() -> here.calls() > 3 && there.calls() > 3 && here.calls() + there.calls() > 15);
            }
            int alone = here.calls();
            await().atMost(PATIENCE).until(() -> here.calls() > alone + 6);

            new Http(survivor).delete("/v1/functions/f");
            assertFiredOnce(here, there);
        }
    }

    private static void assertFiredOnce(FakeSubmissions here, FakeSubmissions there) {
        List<Submissions.Order> orders =
                Stream.concat(here.orders().stream(), there.orders().stream()).toList();
        for (String schedule : List.of("a", "b", "c")) {
            List<Instant> firings = orders.stream()
                    .filter(order -> order.schedule().equals(schedule))
                    .map(order ->
                            Instant.parse(order.key().substring(order.key().indexOf('@') + 1)))
                    .sorted()
                    .toList();
            assertThat(firings)
                    .as("each second once")
                    .isEqualTo(Stream.iterate(firings.getFirst(), firing -> firing.plusSeconds(1))
                            .limit(firings.size())
                            .toList());
        }
    }
}

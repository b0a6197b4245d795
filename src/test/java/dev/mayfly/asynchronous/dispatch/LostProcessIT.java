package dev.mayfly.asynchronous.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.RetryPolicy;
import dev.mayfly.functions.SystemCalls;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.invocations.http.Guests;
import dev.mayfly.invocations.http.ScriptedApplication;
import dev.mayfly.invocations.http.ScriptedFunctions;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two applications share a queue, and one of them is lost, in one way or another: what was accepted ends once. */
@SuppressWarnings("NullAway.Init")
class LostProcessIT {

    private static final FunctionName NAME = new FunctionName("work");

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    private Mayfly first;
    private Mayfly second;

    @BeforeEach
    void start(@TempDir Path one, @TempDir Path other) {
        Map<String, String> database = Database.POSTGRES.properties();
        Map<String, String> properties = Map.of(
                "mayfly.samples.enabled", "false",
                "mayfly.scheduling.slots", "4",
                "mayfly.scheduling.max-concurrency-per-function", "4",
                "mayfly.scheduling.drain-timeout", "1s",
                "mayfly.async.max-inflight", "6",
                "mayfly.async.max-inflight-per-function", "6",
                "mayfly.async.lease", "2s",
                "mayfly.async.renew-interval", "500ms",
                "mayfly.async.poll-interval", "50ms");
        first = Mayfly.startOn(one, database, properties, ScriptedApplication.class);
        second = Mayfly.startOn(other, database, properties, ScriptedApplication.class);
        for (Mayfly mayfly : List.of(first, second)) {
            mayfly.bean(ScriptedFunctions.class).deploy(NAME.value(), configured(), (spec, interruption) -> {
                runs.incrementAndGet();
                while (release.getCount() > 0 && interruption.reason().isEmpty()) {
                    interruption.pause(Duration.ofMillis(20));
                }
                return Guests.echo(spec, interruption);
            });
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        first.close();
        second.close();
    }

    private static FunctionConfiguration configured() {
        return new FunctionConfiguration(
                "",
                Map.of(),
                List.of(),
                new FunctionLimits(1, 60_000, 1000, 1000, 64),
                HttpMode.RAW,
                null,
                SystemCalls.ALL,
                null,
                100,
                false,
                new RetryPolicy(10, 3600, 1, 50));
    }

    private static List<UUID> submit(Mayfly mayfly, int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(mayfly.bean(AsynchronousInvocations.class)
                    .submit(Submission.of(
                            NAME,
                            VersionSelector.LIVE,
                            ByteBuffer.wrap(Integer.toString(i).getBytes(StandardCharsets.UTF_8)),
                            "test")));
        }
        return ids;
    }

    private static int inFlight(Mayfly mayfly) {
        return mayfly.bean(InFlight.class).size();
    }

    private void assertAllSucceed(List<UUID> ids) {
        JdbcTemplate jdbc = second.bean(JdbcTemplate.class);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> jdbc.queryForObject("select count(*) from async_queue", Integer.class),
                        Integer.valueOf(0)::equals);
        for (UUID id : ids) {
            assertThat(second.bean(AsynchronousInvocations.class)
                            .find(id)
                            .orElseThrow()
                            .state())
                    .isEqualTo(InvocationState.SUCCEEDED);
        }
        assertThat(jdbc.queryForObject("select count(*) from async_invocation", Integer.class))
                .isEqualTo(ids.size());
        assertThat(jdbc.queryForObject("select count(*) from async_dead_letter", Integer.class))
                .isZero();
    }

    @Test
    void whatALostProcessRanIsRunByAnother() {
        List<UUID> ids = submit(first, 40);
        await().until(() -> inFlight(first) + inFlight(second) == 12);

        // From here on it can neither renew its leases nor write what comes of its work, as if it were gone.
        first.bean(HikariDataSource.class).close();
        release.countDown();

        assertAllSucceed(ids);
        assertThat(runs.get()).isGreaterThan(40);
    }

    @Test
    void whatAStoppedProcessHasNotFinishedIsRunByAnother() {
        List<UUID> ids = submit(first, 40);
        await().until(() -> inFlight(first) + inFlight(second) == 12);

        Thread stopping = Thread.ofPlatform().start(first::close);
        await().until(() -> !stopping.isAlive());
        release.countDown();

        assertAllSucceed(ids);
        // Handed back, nothing waited for a lease to run out, and no attempt counted.
        assertThat(second.bean(JdbcTemplate.class)
                        .queryForObject("select max(attempts) from async_invocation", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void oneThatRunsElsewhereIsCancelled() throws Exception {
        List<UUID> ids = submit(first, 12);
        await().until(() -> inFlight(first) == 6 && inFlight(second) == 6);
        Http http = new Http(second);

        for (UUID id : ids) {
            assertThat(http.delete("/v1/invocations/" + id).status()).isIn(200, 202);
        }

        for (UUID id : ids) {
            assertThat(http.get("/v1/invocations/" + id + "?wait=20s").text("state"))
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void anEndElsewhereEndsAWait() {
        UUID id = submit(first, 1).getFirst();
        await().until(() -> inFlight(first) + inFlight(second) == 1);
        Mayfly waitedAt = inFlight(first) == 1 ? second : first;
        Thread releasing = Thread.ofVirtual().unstarted(release::countDown);

        releasing.start();
        Http.Answer answer = new Http(waitedAt).get("/v1/invocations/" + id + "?wait=20s");

        assertThat(answer.text("state")).isEqualTo("succeeded");
    }
}

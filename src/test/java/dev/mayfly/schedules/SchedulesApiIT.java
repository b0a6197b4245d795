package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Http.Answer;
import dev.mayfly.testing.Mayfly;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Schedules over HTTP, on each database, with the queue played. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class SchedulesApiIT {

    private static final String NOW_AND_THEN = "{\"cron\": \"0 6 1 1 *\"}";
    private static final String EVERY_SECOND = "{\"cron\": \"* * * * * *\"}";

    private static Mayfly mayfly;
    private static Http http;
    private static FakeSubmissions submissions;

    private final String name = "f-" + UUID.randomUUID();
    private final String function = "/v1/functions/" + name;
    private final String schedules = function + "/schedules";

    SchedulesApiIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.samples.enabled",
                        "false",
                        "mayfly.schedules.max-per-function",
                        "3",
                        "mayfly.schedules.poll-interval",
                        "100ms"),
                FakeSubmissionsConfiguration.class);
        http = new Http(mayfly);
        submissions = mayfly.bean(FakeSubmissions.class);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    private void makeFunction() {
        assertThat(http.put(function, "{}").status()).isEqualTo(201);
    }

    private List<Submissions.Order> submitted() {
        return submissions.orders().stream()
                .filter(order -> order.function().value().equals(name))
                .toList();
    }

    private static Consumer<Answer> problem(String type, int status) {
        return answer -> {
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.text("type")).isEqualTo("/problems/" + type);
        };
    }

    private static List<String> names(JsonNode page, String member) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path(member).asString())
                .toList();
    }

    @Test
    void makesASchedule() {
        makeFunction();

        Answer answer = http.put(schedules + "/new-year", """
                {"cron": "0 6 1 1 *", "timeZone": "Europe/Berlin", "input": "happy", "args": ["new", "year"],
                 "misfire": "fire-all", "overlap": "queue"}""");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(schedules + "/new-year");
        JsonNode schedule = answer.json();
        assertThat(schedule.path("nextFirings").size()).isEqualTo(5);
        assertThat(schedule.path("nextFirings").path(0).asString()).endsWith("-01-01T05:00:00Z");
        assertThat(schedule.path("misfire").asString()).isEqualTo("fire-all");
        assertThat(schedule.path("overlap").asString()).isEqualTo("queue");
        assertThat(schedule.path("alias").asString()).isEqualTo("live");
        assertThat(schedule.path("enabled").asBoolean()).isTrue();
        Answer shown = http.get(schedules + "/new-year");
        assertThat(shown.json()).isEqualTo(schedule);
        assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag"));
    }

    @Test
    void firesAndShowsWhatItDid() {
        makeFunction();
        Instant before = Instant.now();

        http.put(schedules + "/tick", """
                {"cron": "* * * * * *", "inputBase64": "AP8=", "args": ["x"], "version": 7}""");

        await().atMost(Duration.ofSeconds(30)).until(() -> submitted().size() >= 3);
        assertThat(submitted()).allSatisfy(order -> {
            assertThat(order.input()).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
            assertThat(order.args()).containsExactly("x");
        });
        Answer shown = http.get(schedules + "/tick");
        assertThat(shown.json().at("/lastFiring/result").asString()).isEqualTo("submitted");
        assertThat(Instant.parse(shown.json().at("/lastFiring/at").asString())).isAfter(before);
        assertThat(shown.text("lastInvocationId")).isNotEmpty();
        assertThat(http.delete(schedules + "/tick").status()).isEqualTo(204);
    }

    @Test
    void firesNoMoreOnceItIsDisabled() {
        makeFunction();
        http.put(schedules + "/tick", EVERY_SECOND);
        await().atMost(Duration.ofSeconds(30)).until(() -> !submitted().isEmpty());

        Answer disabled = http.put(schedules + "/tick", "{\"cron\": \"* * * * * *\", \"enabled\": false}");

        assertThat(disabled.status()).isEqualTo(200);
        assertThat(disabled.json().path("nextFirings").isEmpty()).isTrue();
        assertNoMoreFirings();
    }

    @Test
    void goesWithItsFunction() {
        makeFunction();
        http.put(schedules + "/tick", EVERY_SECOND);
        await().atMost(Duration.ofSeconds(30)).until(() -> !submitted().isEmpty());

        assertThat(http.delete(function).status()).isEqualTo(204);

        assertThat(http.get(schedules + "/tick")).satisfies(problem("schedule-not-found", 404));
        assertThat(http.get(schedules)).satisfies(problem("function-not-found", 404));
        assertNoMoreFirings();
    }

    /** A firing that is being made may still come; another schedule shows that time goes on without more of them. */
    private void assertNoMoreFirings() {
        String other = "/v1/functions/f-" + UUID.randomUUID();
        http.put(other, "{}");
        http.put(other + "/schedules/tick", EVERY_SECOND);
        int total = submissions.orders().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> submissions.orders().size() >= total + 2);
        int last = submitted().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> submissions.orders().size() >= total + 5);
        http.delete(other);
        assertThat(submitted()).hasSize(last);
    }

    @Test
    void definesAScheduleAnew() {
        makeFunction();
        String tag = http.put(schedules + "/s", NOW_AND_THEN).header("ETag");

        assertThat(http.put(schedules + "/s", NOW_AND_THEN).header("ETag")).isEqualTo(tag);
        assertThat(http.put(schedules + "/s", "{\"cron\": \"@daily\"}", "If-Match", "\"other\""))
                .satisfies(problem("precondition-failed", 412));
        Answer changed = http.put(schedules + "/s", "{\"cron\": \"@daily\"}", "If-Match", tag);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(http.delete(schedules + "/s", "If-Match", tag)).satisfies(problem("precondition-failed", 412));
        assertThat(http.put(schedules + "/s", NOW_AND_THEN, "If-None-Match", "*"))
                .satisfies(problem("precondition-failed", 412));
    }

    @Test
    void listsSchedulesInPages() {
        makeFunction();
        List.of("c", "a", "b").forEach(schedule -> http.put(schedules + "/" + schedule, NOW_AND_THEN));

        Answer first = http.get(schedules + "?limit=2");

        assertThat(names(first.json(), "name")).containsExactly("a", "b");
        Answer second = http.get(first.text("next"));
        assertThat(names(second.json(), "name")).containsExactly("c");
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void listsTheSchedulesOfAllFunctions() {
        makeFunction();
        List.of("a", "b").forEach(schedule -> http.put(schedules + "/" + schedule, NOW_AND_THEN));

        Answer first = http.get("/v1/schedules?limit=1&after=" + name + "/");
        Answer second = http.get(first.text("next"));

        assertThat(names(first.json(), "name")).containsExactly("a");
        assertThat(names(first.json(), "function")).containsExactly(name);
        assertThat(names(second.json(), "name")).containsExactly("b");
    }

    @Test
    void takesNoMoreThanItsLimit() {
        makeFunction();
        List.of("a", "b", "c").forEach(schedule -> http.put(schedules + "/" + schedule, NOW_AND_THEN));

        assertThat(http.put(schedules + "/d", NOW_AND_THEN)).satisfies(problem("conflict", 409));
        assertThat(http.put(schedules + "/a", EVERY_SECOND).status()).isEqualTo(200);
        http.delete(function);
    }

    @Test
    void listsEachFieldThatIsWrong() {
        makeFunction();

        Answer answer = http.put(schedules + "/s", "{\"cron\": \"0 99 * * *\", \"timeZone\": \"Mars\"}");

        assertThat(answer).satisfies(problem("invalid-request", 400));
        assertThat(StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                        .map(error -> error.path("field").asString()))
                .containsExactly("timeZone", "cron");
        assertThat(http.put(schedules + "/s", "{}")).satisfies(problem("invalid-request", 400));
        assertThat(http.put(schedules + "/s", "{\"corn\": \"@daily\"}")).satisfies(problem("invalid-request", 400));
        assertThat(http.put(schedules + "/No", NOW_AND_THEN)).satisfies(problem("invalid-request", 400));
    }

    @Test
    void knowsNoScheduleOfAFunctionThatIsNotThere() {
        assertThat(http.put(schedules + "/s", NOW_AND_THEN)).satisfies(problem("function-not-found", 404));
        assertThat(http.delete(schedules + "/s")).satisfies(problem("function-not-found", 404));
        makeFunction();
        assertThat(http.get(schedules + "/s")).satisfies(problem("schedule-not-found", 404));
        assertThat(http.delete(schedules + "/s")).satisfies(problem("schedule-not-found", 404));
    }

    @Test
    void publishesMetrics() {
        makeFunction();
        http.put(schedules + "/tick", EVERY_SECOND);
        await().atMost(Duration.ofSeconds(30)).until(() -> !submitted().isEmpty());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(http.get("/actuator/prometheus").text())
                        .containsPattern("mayfly_schedules_active [1-9]")
                        .containsPattern("mayfly_schedules_fired_total\\{result=\"submitted\"} [1-9]"));
        http.delete(function);
    }
}

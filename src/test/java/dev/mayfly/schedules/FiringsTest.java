package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.Precondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Schedules in a real database, with timers and a clock that are moved by hand. */
class FiringsTest {

    private static final FunctionName FUNCTION = new FunctionName("greeter");
    private static final ScheduleProperties PROPERTIES = new ScheduleProperties(
            Duration.ofSeconds(1),
            3,
            4,
            DataSize.ofKilobytes(1),
            Duration.ofSeconds(90),
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            1);

    private final JdbcDataSource database = database();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final ScheduleRepository repository = new ScheduleRepository(jdbc);
    private final ManualTimers timers = new ManualTimers();
    private final FakeSubmissions submissions = new FakeSubmissions();
    private final List<FiringResult> results = new ArrayList<>();
    private Instant now = at("10:00:30");
    private final Schedules schedules = new Schedules(
            repository, timers, new TransactionTemplate(new JdbcTransactionManager(database)), PROPERTIES, () -> now);
    private final Firings firings = new Firings(
            repository,
            submissions,
            new DueFirings.Rule(PROPERTIES.misfireThreshold(), PROPERTIES.maxCatchUp()),
            results::add,
            () -> now);

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        JdbcClient.create(database).sql("""
                insert into functions (name, configuration, latest_version, revision, created_at, updated_at)
                values ('greeter', '{}', 0, 1, current_timestamp, current_timestamp)
                """).update();
        return database;
    }

    /** Timers that go off when the test says so. */
    private static final class ManualTimers implements Timers {

        private final Map<Schedule.Timer, Instant> set = new HashMap<>();

        @Override
        public void set(Schedule.Timer timer, Instant at) {
            set.put(timer, at);
        }

        @Override
        public void cancel(Schedule.Timer timer) {
            set.remove(timer);
        }
    }

    private static Instant at(String time) {
        return Instant.parse("2027-01-01T" + time + "Z");
    }

    private static ScheduleDefinition everyMinute(Misfire misfire, Overlap overlap) {
        return new ScheduleDefinition(
                "* * * * *", "UTC", "in", null, List.of("arg"), null, "live", misfire, overlap, true, null);
    }

    private Schedule define(ScheduleDefinition definition) {
        return schedules
                .define(FUNCTION, "nightly", definition, Precondition.NONE)
                .schedule();
    }

    /** Has a schedule looked at. */
    private Optional<Instant> look(Schedule schedule, String time) {
        now = at(time);
        return firings.run(schedule.timer());
    }

    private Schedule stored() {
        return schedules.find(FUNCTION, "nightly");
    }

    private Progress.@Nullable Past last() {
        return stored().progress().last();
    }

    @Test
    void submitsAnInvocationAtItsTime() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));

        assertThat(timers.set).containsEntry(schedule.timer(), at("10:01:00"));
        assertThat(look(schedule, "10:00:59")).contains(at("10:01:00"));
        assertThat(submissions.orders()).isEmpty();
        assertThat(look(schedule, "10:01:00")).contains(at("10:02:00"));
        assertThat(submissions.orders()).singleElement().satisfies(order -> {
            assertThat(order.function()).isEqualTo(FUNCTION);
            assertThat(order.input()).isEqualTo(StandardCharsets.UTF_8.encode("in"));
            assertThat(order.args()).containsExactly("arg");
            assertThat(order.schedule()).isEqualTo("nightly");
        });
        assertThat(results).containsExactly(FiringResult.SUBMITTED);
        assertThat(last()).isEqualTo(new Progress.Past(at("10:01:00"), FiringResult.SUBMITTED, null));
    }

    @Test
    void looksAgainWithoutFiringAgain() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));

        look(schedule, "10:01:00");
        look(schedule, "10:01:01");

        assertThat(submissions.calls()).isEqualTo(1);
    }

    @Test
    void submitsOnceWhenItIsInterruptedBeforeItHasNotedThat() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));
        look(schedule, "10:01:00");
        jdbc.sql("update schedules set next_firing = ?, last_firing = null")
                .param(at("10:01:00").atOffset(ZoneOffset.UTC))
                .update();

        look(schedule, "10:01:20");

        assertThat(submissions.calls()).isEqualTo(2);
        assertThat(submissions.firings()).containsExactly("2027-01-01T10:01:00Z");
        assertThat(last()).isEqualTo(new Progress.Past(at("10:01:00"), FiringResult.SUBMITTED, null));
    }

    @Test
    void makesUpForWhatWasMissedAsThePolicySays() {
        Schedule schedule = define(everyMinute(Misfire.FIRE_ONCE, Overlap.ALLOW));

        look(schedule, "10:30:10");

        assertThat(submissions.firings())
                .containsExactly("2027-01-01T10:28:00Z", "2027-01-01T10:29:00Z", "2027-01-01T10:30:00Z");
        assertThat(results)
                .containsExactly(
                        FiringResult.SKIPPED, FiringResult.SUBMITTED, FiringResult.SUBMITTED, FiringResult.SUBMITTED);
    }

    @Test
    void leavesOutAFiringWhileTheOneBeforeRuns() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.SKIP));

        look(schedule, "10:01:00");
        look(schedule, "10:02:00");

        assertThat(last()).isEqualTo(new Progress.Past(at("10:02:00"), FiringResult.SKIPPED, Firings.OVERLAP));
        submissions.finishAll();
        look(schedule, "10:03:00");
        assertThat(submissions.firings()).containsExactly("2027-01-01T10:01:00Z", "2027-01-01T10:03:00Z");
        assertThat(results).containsExactly(FiringResult.SUBMITTED, FiringResult.SKIPPED, FiringResult.SUBMITTED);
    }

    @Test
    void holdsOneFiringUntilTheOneBeforeHasEnded() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.QUEUE));

        look(schedule, "10:01:00");
        assertThat(look(schedule, "10:02:00")).contains(at("10:02:01"));
        assertThat(look(schedule, "10:03:00")).contains(at("10:03:01"));

        assertThat(stored().progress().held()).isEqualTo(at("10:02:00"));
        assertThat(submissions.firings()).containsExactly("2027-01-01T10:01:00Z");
        submissions.finishAll();
        assertThat(look(schedule, "10:03:01")).contains(at("10:04:00"));
        assertThat(submissions.firings()).containsExactly("2027-01-01T10:01:00Z", "2027-01-01T10:02:00Z");
        assertThat(results).containsExactly(FiringResult.SUBMITTED, FiringResult.SKIPPED, FiringResult.SUBMITTED);
    }

    @Test
    void invokesBesideTheOneBefore() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));

        look(schedule, "10:01:00");
        look(schedule, "10:02:00");

        assertThat(submissions.orders()).hasSize(2);
    }

    @Test
    void goesOnAfterARefusal() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.SKIP));
        submissions.refuse("over-capacity");

        assertThat(look(schedule, "10:01:00")).contains(at("10:02:00"));

        assertThat(last()).isEqualTo(new Progress.Past(at("10:01:00"), FiringResult.FAILED, "over-capacity"));
        assertThat(results).containsExactly(FiringResult.FAILED);
    }

    @Test
    void goesOnFromNowWithAnotherDefinition() {
        Schedule before = define(everyMinute(Misfire.FIRE_ALL, Overlap.ALLOW));
        now = at("10:20:30");

        Schedule after = define(everyMinute(Misfire.FIRE_ALL, Overlap.SKIP));

        assertThat(timers.set).containsOnlyKeys(after.timer());
        assertThat(look(before, "10:20:30"))
                .as("the timer of the revision before")
                .isEmpty();
        assertThat(look(after, "10:20:30")).contains(at("10:21:00"));
        assertThat(submissions.orders()).isEmpty();
    }

    @Test
    void changesNothingWithTheSameDefinition() {
        Schedule before = define(everyMinute(Misfire.FIRE_ALL, Overlap.ALLOW));
        now = at("10:20:30");

        assertThat(define(everyMinute(Misfire.FIRE_ALL, Overlap.ALLOW))).isEqualTo(before);
    }

    @Test
    void setsNoTimerForOneThatIsDisabled() {
        define(new ScheduleDefinition(
                "* * * * *", "UTC", null, null, List.of(), 1, null, Misfire.SKIP, Overlap.ALLOW, false, null));

        assertThat(timers.set).isEmpty();
        assertThat(stored().next()).isNull();
    }

    @Test
    void hasNothingMoreToDoForOneThatWasDeleted() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));

        schedules.delete(FUNCTION, "nightly", Precondition.NONE);

        assertThat(timers.set).isEmpty();
        assertThat(look(schedule, "10:01:00")).isEmpty();
        assertThat(submissions.orders()).isEmpty();
    }

    @Test
    void goesWithItsFunction() {
        Schedule schedule = define(everyMinute(Misfire.SKIP, Overlap.ALLOW));

        jdbc.sql("delete from functions").update();

        assertThat(look(schedule, "10:01:00")).isEmpty();
        assertThat(submissions.orders()).isEmpty();
    }
}

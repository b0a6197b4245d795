package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueFiringsTest {

    private static final FiringTimes EVERY_MINUTE = new FiringTimes(new CronText("* * * * *"), ZoneId.of("UTC"));
    private static final FiringTimes EVERY_SECOND = new FiringTimes(new CronText("* * * * * *"), ZoneId.of("UTC"));
    private static final DueFirings.Rule RULE = new DueFirings.Rule(Duration.ofSeconds(90), 3);

    private static DueFirings due(String now, String first, Misfire policy) {
        return RULE.at(minute(now), minute(first), EVERY_MINUTE, policy);
    }

    private static Instant minute(String time) {
        return Instant.parse("2027-01-01T" + time + "Z");
    }

    private static List<Instant> minutes(String... times) {
        return List.of(times).stream().map(DueFiringsTest::minute).toList();
    }

    @Test
    void makesNoFiringBeforeItsTime() {
        DueFirings due = due("09:59:59.999", "10:00:00", Misfire.FIRE_ALL);

        assertThat(due.firings()).isEmpty();
        assertThat(due.next()).contains(minute("10:00:00"));
    }

    @Test
    void makesAFiringAtItsTime() {
        DueFirings due = due("10:00:00", "10:00:00", Misfire.SKIP);

        assertThat(due.firings()).isEqualTo(minutes("10:00:00"));
        assertThat(due.skipped()).isEmpty();
        assertThat(due.next()).contains(minute("10:01:00"));
    }

    @Test
    void makesAllThatAreLateWithinTheThreshold() {
        DueFirings due = due("10:01:30", "10:00:00", Misfire.SKIP);

        assertThat(due.firings()).isEqualTo(minutes("10:00:00", "10:01:00"));
        assertThat(due.skipped()).isEmpty();
    }

    @Test
    void leavesOutMissedFirings() {
        DueFirings due = due("10:10:10", "10:00:00", Misfire.SKIP);

        assertThat(due.firings()).isEqualTo(minutes("10:09:00", "10:10:00"));
        assertThat(due.skipped()).contains(minute("10:08:00"));
        assertThat(due.next()).contains(minute("10:11:00"));
    }

    @Test
    void makesUpForTheLastMissedFiring() {
        DueFirings due = due("10:10:10", "10:00:00", Misfire.FIRE_ONCE);

        assertThat(due.firings()).isEqualTo(minutes("10:08:00", "10:09:00", "10:10:00"));
        assertThat(due.skipped()).contains(minute("10:07:00"));
    }

    @Test
    void skipsNothingWhereOneWasMissedAndIsMadeUpFor() {
        DueFirings due = due("10:02:00", "10:00:00", Misfire.FIRE_ONCE);

        assertThat(due.firings()).isEqualTo(minutes("10:00:00", "10:01:00", "10:02:00"));
        assertThat(due.skipped()).isEmpty();
    }

    @Test
    void makesUpForMissedFiringsUpToABound() {
        DueFirings due = due("10:10:10", "10:00:00", Misfire.FIRE_ALL);

        assertThat(due.firings()).isEqualTo(minutes("10:06:00", "10:07:00", "10:08:00", "10:09:00", "10:10:00"));
        assertThat(due.skipped()).contains(minute("10:05:00"));
    }

    @Test
    void makesUpForAllMissedFiringsWithinTheBound() {
        DueFirings due = due("10:04:00", "10:00:00", Misfire.FIRE_ALL);

        assertThat(due.firings()).isEqualTo(minutes("10:00:00", "10:01:00", "10:02:00", "10:03:00", "10:04:00"));
        assertThat(due.skipped()).isEmpty();
    }

    @Test
    void jumpsOverYearsOfMissedSeconds() {
        Instant now = Instant.parse("2037-01-01T00:00:00Z");

        DueFirings due = RULE.at(now, Instant.parse("2027-01-01T00:00:00Z"), EVERY_SECOND, Misfire.FIRE_ALL);

        assertThat(due.firings()).hasSize(3 + 91).endsWith(now);
        assertThat(due.next()).contains(now.plusSeconds(1));
    }
}

package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Berlin, clocks go from 2 to 3 at 01:00 UTC on 2027-03-28, and from 3 back to 2 at 01:00 UTC on 2027-10-31. */
class FiringTimesTest {

    private static FiringTimes berlin(String cron) {
        return new FiringTimes(new CronText(cron), ZoneId.of("Europe/Berlin"));
    }

    private static List<String> firings(FiringTimes times, String after, int count) {
        return times.next(Instant.parse(after), count).stream()
                .map(Instant::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * *           | 2027-01-01T00:00:00Z | 2027-01-01T00:15:00Z",
                "30 6 * * MON-FRI       | 2027-01-01T06:30:00Z | 2027-01-04T06:30:00Z",
                "*/10 * * * * *         | 2027-01-01T00:00:01Z | 2027-01-01T00:00:10Z",
                "0 0 L * *              | 2027-02-01T00:00:00Z | 2027-02-28T00:00:00Z",
                "0 0 * * FRI#2          | 2027-01-01T00:00:00Z | 2027-01-08T00:00:00Z",
                "0 0 29 2 *             | 2027-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 13 * FRI           | 2027-01-01T00:00:00Z | 2027-08-13T00:00:00Z",
                "@weekly                | 2027-01-01T00:00:00Z | 2027-01-03T00:00:00Z",
            })
    void firesWhenTheExpressionSays(String cron, Instant after, Instant firing) {
        FiringTimes times = new FiringTimes(new CronText(cron), ZoneId.of("UTC"));

        assertThat(times.next(after)).contains(firing);
    }

    @Test
    void neverFiresOnADayThatNeverComes() {
        assertThat(berlin("0 0 30 2 *").next(Instant.parse("2027-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void keepsTheTimeOnTheWallAllYear() {
        assertThat(firings(berlin("0 6 1 1,7 *"), "2027-01-01T00:00:00Z", 2))
                .containsExactly("2027-01-01T05:00:00Z", "2027-07-01T04:00:00Z");
    }

    @Test
    void firesAsTheClockIsPutForwardForATimeThatIsSkipped() {
        assertThat(firings(berlin("30 2 * * *"), "2027-03-27T00:00:00Z", 3))
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z");
    }

    @Test
    void firesOnceForSeveralTimesThatAreSkipped() {
        assertThat(firings(berlin("0,20,40 2,3 * * *"), "2027-03-28T00:59:00Z", 3))
                .containsExactly("2027-03-28T01:00:00Z", "2027-03-28T01:20:00Z", "2027-03-28T01:40:00Z");
    }

    @Test
    void firesTheFirstTimeForATimeThatComesTwice() {
        assertThat(firings(berlin("30 2 * * *"), "2027-10-30T12:00:00Z", 2))
                .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
    }

    @Test
    void doesNotFireForATimeThatComesTheSecondTime() {
        assertThat(firings(berlin("*/30 2,3 * * *"), "2027-10-31T01:10:00Z", 1))
                .containsExactly("2027-10-31T02:00:00Z");
    }

    @Test
    void firesInEveryRealHourAsTheClockIsPutForward() {
        assertThat(firings(berlin("30 * * * *"), "2027-03-28T00:00:00Z", 3))
                .containsExactly("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", "2027-03-28T02:30:00Z");
    }

    @Test
    void firesInEveryRealHourAsTheClockIsPutBack() {
        assertThat(firings(berlin("@hourly"), "2027-10-30T23:30:00Z", 4))
                .containsExactly(
                        "2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z", "2027-10-31T03:00:00Z");
    }

    @Test
    void firesByTheSecondAcrossAChange() {
        FiringTimes times = berlin("* * * * * *");

        List<Instant> firings = times.next(Instant.parse("2027-10-31T00:59:58Z"), 5);

        assertThat(firings)
                .isEqualTo(Stream.iterate(Instant.parse("2027-10-31T00:59:59Z"), firing -> firing.plusSeconds(1))
                        .limit(5)
                        .toList());
    }

    @Test
    void firesOnceForAllOfADayThatAPlaceLeavesOut() {
        FiringTimes apia = new FiringTimes(new CronText("0 8,12 * * *"), ZoneId.of("Pacific/Apia"));

        // There was no 30 December 2011 in Samoa.
        assertThat(firings(apia, "2011-12-29T23:00:00Z", 3))
                .containsExactly("2011-12-30T10:00:00Z", "2011-12-30T18:00:00Z", "2011-12-30T22:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "*/15 * * * *, Europe/Berlin",
        "30 2 * * *, Europe/Berlin",
        "17 1-3 * * *, America/New_York",
        "15 */3 * * *, Australia/Lord_Howe",
        "0 0 1 * *, Pacific/Apia",
        "59 59 23 L * *, UTC"
    })
    void findsTheLastFiringOfAStretch(String cron, ZoneId zone) {
        FiringTimes times = new FiringTimes(new CronText(cron), zone);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Instant year = Instant.parse("2027-01-01T00:00:00Z");

        for (int round = 0; round < 100; round++) {
            Instant from =
                    times.next(year.plusSeconds(random.nextInt(400 * 86400))).orElseThrow();
            Instant to = from.plusSeconds(random.nextInt(30 * 86400)).plusMillis(random.nextInt(1000));
            Instant last = times.last(from, to).orElseThrow();

            assertThat(last).isBetween(from, to);
            assertThat(times.next(last).orElseThrow()).isAfter(to);
            assertThat(times.next(last.minusNanos(1))).contains(last);
        }
    }

    @Test
    void findsNoLastFiringWhereThereIsNone() {
        Instant from = Instant.parse("2027-01-01T00:00:00Z");

        assertThat(berlin("0 6 * * *").last(from, from.plus(Duration.ofHours(4))))
                .isEmpty();
    }
}

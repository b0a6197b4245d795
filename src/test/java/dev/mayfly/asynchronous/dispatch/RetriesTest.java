package dev.mayfly.asynchronous.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final RetryPolicy POLICY = new RetryPolicy(100, 3600, 1000, 60_000);

    /** Draws the longest pause that there may be. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static Retries.Decision decide(RetryPolicy policy, int attempts, Duration age) {
        return new Retries(() -> LONGEST).decide(policy, attempts, NOW.minus(age), NOW);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "99, 60000"})
    void pausesDoubleUpToALongest(int attempts, long millis) {
        assertThat(decide(POLICY, attempts, Duration.ZERO))
                .isEqualTo(new Retries.Decision.Retry(NOW.plusMillis(millis)));
    }

    @Test
    void pausesAreSpreadOverAllOfTheirRange() {
        Random random = new Random(1);
        Retries retries = new Retries(() -> random);

        assertThat(random.ints(1000, 0, 1).mapToObj(_ -> retries.decide(POLICY, 4, NOW, NOW)))
                .allSatisfy(decision -> assertThat(pause(decision)).isBetween(0L, 8000L))
                .anySatisfy(decision -> assertThat(pause(decision)).isLessThan(400))
                .anySatisfy(decision -> assertThat(pause(decision)).isGreaterThan(7600));
    }

    private static long pause(Retries.Decision decision) {
        return Duration.between(NOW, ((Retries.Decision.Retry) decision).due()).toMillis();
    }

    @Test
    void theLastAttemptIsTheLast() {
        RetryPolicy thrice = new RetryPolicy(3, 3600, 1, 1);

        assertThat(decide(thrice, 2, Duration.ZERO)).isInstanceOf(Retries.Decision.Retry.class);
        assertThat(decide(thrice, 3, Duration.ZERO)).isEqualTo(new Retries.Decision.GiveUp("max-attempts"));
    }

    @Test
    void noAttemptIsMadeBeyondTheLargestAge() {
        assertThat(decide(POLICY, 1, Duration.ofSeconds(3599))).isInstanceOf(Retries.Decision.Retry.class);
        assertThat(decide(POLICY, 1, Duration.ofSeconds(3599).plusMillis(1)))
                .isEqualTo(new Retries.Decision.GiveUp("max-age"));
    }

    @Test
    void theLongestPausesDoNotOverflow() {
        RetryPolicy slow = new RetryPolicy(100, 30 * 24 * 60 * 60, 24 * 60 * 60 * 1000, 24 * 60 * 60 * 1000);

        assertThat(pause(decide(slow, 99, Duration.ZERO))).isEqualTo(24 * 60 * 60 * 1000);
    }
}

package dev.mayfly.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Instant CREATED = Instant.parse("2027-01-01T00:00:00Z");

    private static RetryPlan plan(double random) {
        RandomGenerator fixed = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return random;
            }
        };
        return new RetryPlan(8, Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofMinutes(2), fixed);
    }

    private static Duration pause(RetryPlan plan, int attempts, Duration wish) {
        return Duration.between(
                CREATED, plan.next(attempts, CREATED, CREATED, wish).orElseThrow());
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 7).mapToLong(attempts -> pause(plan(0), attempts, Duration.ZERO)
                        .toSeconds()))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 120L, 120L);
    }

    @Test
    void takesUpToHalfOfThePauseAway() {
        assertThat(pause(plan(0.5), 1, Duration.ZERO)).isEqualTo(Duration.ofMillis(3750));
        assertThat(pause(plan(0.999), 2, Duration.ZERO)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5100));
    }

    @Test
    void waitsForAsLongAsTheReceiverWishesWithinBounds() {
        assertThat(pause(plan(0), 1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause(plan(0), 1, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(pause(plan(0), 1, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void endsWithTheLastAttempt() {
        assertThat(plan(0).next(8, CREATED, CREATED, Duration.ZERO)).isEmpty();
    }

    @Test
    void endsWhenTheNextAttemptWouldComeTooLate() {
        Instant late = CREATED.plus(Duration.ofMinutes(59));

        assertThat(plan(0).next(5, CREATED, late, Duration.ZERO)).isEmpty();
        assertThat(plan(0).next(1, CREATED, late, Duration.ZERO)).isPresent();
    }
}

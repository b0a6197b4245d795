package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Random random = new Random(7);
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), () -> random);

    @Test
    void pausesDoubleUpToTheLongest() {
        long[] longest = {100, 200, 400, 800, 1000, 1000};
        for (int failures = 1; failures <= longest.length; failures++) {
            for (int i = 0; i < 50; i++) {
                assertThat(Duration.ofNanos(backoff.pauseNanos(failures)))
                        .isBetween(
                                Duration.ofMillis(longest[failures - 1] / 2), Duration.ofMillis(longest[failures - 1]));
            }
        }
    }

    @Test
    void pausesStayFiniteHoweverManyFailuresThereWere() {
        assertThat(backoff.pauseNanos(Integer.MAX_VALUE))
                .isBetween(
                        Duration.ofMillis(500).toNanos(), Duration.ofSeconds(1).toNanos());
    }
}

package dev.mayfly.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again: after a pause that doubles, less up to half of it at random, so that what
 * failed together is not tried again together.
 */
record RetryPlan(int maxAttempts, Duration maxAge, Duration minBackoff, Duration maxBackoff, RandomGenerator random) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * The next attempt.
     *
     * @param attempts that were made
     * @param created when the delivery was
     * @param wish of the receiver for a longer pause; zero if it has none
     * @return empty if there shall be none
     */
    Optional<Instant> next(int attempts, Instant created, Instant now, Duration wish) {
        if (attempts >= maxAttempts) {
            return Optional.empty();
        }
        Duration doubled = minBackoff.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        Duration pause = shorter(doubled, maxBackoff);
        Duration varied = pause.minusMillis((long) (random.nextDouble() * pause.toMillis() / 2));
        Duration wished = shorter(wish, maxBackoff);
        Instant next = now.plus(varied.compareTo(wished) < 0 ? wished : varied);
        return next.isAfter(created.plus(maxAge)) ? Optional.empty() : Optional.of(next);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

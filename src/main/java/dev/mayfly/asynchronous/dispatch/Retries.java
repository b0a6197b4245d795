package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.functions.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether, and when, there is another attempt. Pauses grow exponentially, and each is drawn between nothing and
 * that ("full jitter"), so that what failed together is not tried again together.
 */
final class Retries {

    static final String ATTEMPTS = "max-attempts";
    static final String AGE = "max-age";

    private static final int MOST_DOUBLINGS = 24;

    /** What follows a failed attempt. */
    sealed interface Decision {

        record Retry(Instant due) implements Decision {}

        /** The reason is one of the words for dead letters. */
        record GiveUp(String reason) implements Decision {}
    }

    private final Supplier<RandomGenerator> random;

    Retries(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /**
     * Decides.
     *
     * @param attempts how many there were that count
     * @param queued from when the age counts
     */
    Decision decide(RetryPolicy policy, int attempts, Instant queued, Instant now) {
        if (attempts >= policy.maxAttempts()) {
            return new Decision.GiveUp(ATTEMPTS);
        }
        Instant due = now.plusMillis(pause(policy, attempts));
        return due.isAfter(queued.plus(Duration.ofSeconds(policy.maxAgeSeconds())))
                ? new Decision.GiveUp(AGE)
                : new Decision.Retry(due);
    }

    private long pause(RetryPolicy policy, int attempts) {
        long longest = (long) policy.minBackoffMs() << Math.min(attempts - 1, MOST_DOUBLINGS);
        return random.get().nextLong(Math.clamp(longest, 1, policy.maxBackoffMs()) + 1);
    }
}

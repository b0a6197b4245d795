package dev.mayfly.asynchronous.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A clock that a test moves on. */
final class AdjustableTime implements InstantSource {

    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Puts it into the place of the application's clock. */
    static class Configuration {

        @Bean
        @Primary
        AdjustableTime adjustableTime() {
            return new AdjustableTime();
        }
    }
}

package dev.mayfly.schedules;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Puts a {@link FakeSubmissions} in the place of the queue, where it is asked for: it bears no annotation that a scan finds. */
class FakeSubmissionsConfiguration {

    @Bean
    @Primary
    FakeSubmissions fakeSubmissions() {
        return new FakeSubmissions();
    }
}

package dev.mayfly.testing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Puts a {@link FakeEngine} in the place of the application's engine, where it is asked for: it bears no annotation that a scan finds. */
public class FakeEngineConfiguration {

    @Bean
    @Primary
    FakeEngine fakeEngine() {
        return new FakeEngine();
    }
}

package dev.mayfly.testing;

import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.sandbox.Engine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An application around a {@link FakeEngine}, open to all. */
@Configuration(proxyBeanMethods = false)
public class FakeEngineConfiguration {

    @Bean
    Engine engine() {
        return new FakeEngine();
    }

    @Bean
    ModuleInspector moduleInspector() {
        return new FakeModuleInspector();
    }

    @Bean
    SecurityFilterChain openToAll(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}

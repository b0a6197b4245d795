package dev.mayfly.access;

import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What needs an API key: everything but the open places below. The gateway is open because whom a function answers is
 * the function's own affair.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ManagementServerProperties.class)
class AccessConfiguration {

    private static final String GATEWAY = "/f/**";

    private static final String[] OPEN_TO_READERS = {
        "/",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/favicon.ico",
        "/problems/**",
        "/swagger-ui.html",
        "/swagger-ui/**",
        "/v3/api-docs",
        "/v3/api-docs.yaml",
        "/v3/api-docs/**"
    };

    @Bean
    SecurityFilterChain accessRules(HttpSecurity http, ApiKeys keys, ListenAddressCheck check, Refusals refusals) {
        check.refuseToListenOpenly();
        AuthorizationManager<RequestAuthorizationContext> rule =
                keys.configured() ? AuthenticatedAuthorizationManager.authenticated() : new LocalRequests();
        http.authorizeHttpRequests(requests -> requests
                // They continue or report a request that was let in.
                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(GATEWAY)
                .permitAll()
                .requestMatchers(HttpMethod.GET, OPEN_TO_READERS)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, OPEN_TO_READERS)
                .permitAll()
                .anyRequest()
                .access(rule));
        http.addFilterBefore(new ApiKeyFilter(keys), AuthorizationFilter.class);
        http.exceptionHandling(exceptions -> exceptions.authenticationEntryPoint(refusals));
        if (!keys.configured()) {
            http.headers(headers -> headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                    PathPatternRequestMatcher.withDefaults().matcher(GATEWAY), new FunctionPageSandbox())));
        }
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        // Nothing here is sent by a browser unasked, so there is nothing to forge, to log out of or to come back to.
        http.csrf(AbstractHttpConfigurer::disable);
        http.logout(AbstractHttpConfigurer::disable);
        http.requestCache(AbstractHttpConfigurer::disable);
        return http.build();
    }

    /** Timing every filter of every request would cost more than the filters do. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /** Paths of the gateway may hold what a file path would not: {@code //} and an encoded percent sign. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    @Bean
    Refusals refusals(ApiKeys keys, ProblemWriter problems) {
        return new Refusals(keys, problems);
    }

    @Bean
    Gate gate(HttpFirewall firewall, ApiKeys keys, Refusals refusals) {
        return new Gate(firewall, keys, refusals);
    }
}

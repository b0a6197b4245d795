package dev.mayfly.invocations.http;

import dev.mayfly.access.Gate;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.connections.ProbeRounds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Sets up the web server for invocations. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    /** Behind the filter for {@code Forwarded}, if there is one, and before everything else. */
    private static final int DATA_PLANE = Ordered.HIGHEST_PRECEDENCE + 1;

    @Bean
    ProbeRounds probeRounds(InvocationProperties properties) {
        return new ProbeRounds("client-probe", properties.probeInterval());
    }

    @Bean
    RequestMetrics requestMetrics(MeterRegistry registry) {
        return new RequestMetrics(registry);
    }

    @Bean
    FilterRegistrationBean<DataPlaneFilter> dataPlane(
            Gate gate,
            InvocationController calls,
            GatewayController visits,
            InvocationErrors errors,
            RequestMetrics metrics) {
        return register(new DataPlaneFilter(gate, calls, visits, errors, metrics), DATA_PLANE, DispatcherType.REQUEST);
    }

    /** As Spring Boot registers it, but behind the data plane. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> observedRequests(
            ObservationRegistry registry, ObjectProvider<ServerRequestObservationConvention> convention) {
        return register(
                new ServerHttpObservationFilter(
                        registry, convention.getIfAvailable(DefaultServerRequestObservationConvention::new)),
                DATA_PLANE + 1,
                DispatcherType.REQUEST,
                DispatcherType.ASYNC);
    }

    private static <F extends Filter> FilterRegistrationBean<F> register(
            F filter, int order, DispatcherType first, DispatcherType... rest) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(first, rest);
        return registration;
    }
}

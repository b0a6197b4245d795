package dev.mayfly.invocations.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Times requests to functions under the name and tags that the framework's own observation gives all other requests, at
 * a fraction of its cost. There are as many timers as there are pairs of method and status.
 */
final class RequestMetrics {

    /** Clients may send any word as a method. */
    private static final Set<String> METHODS =
            Arrays.stream(HttpMethod.values()).map(HttpMethod::name).collect(Collectors.toUnmodifiableSet());

    private static final String NONE = "none";

    private record Kind(DataPlanePath.Target target, String method, int status) {}

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(DataPlanePath.Target target, String method, int status, long nanos) {
        Kind kind = new Kind(target, METHODS.contains(method) ? method : "UNKNOWN", status);
        timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .tag("error", NONE)
                .tag("exception", NONE)
                .tag("method", kind.method())
                .tag("outcome", outcome(kind.status()))
                .tag("status", Integer.toString(kind.status()))
                .tag("uri", kind.target().template())
                .register(registry);
    }

    private static String outcome(int status) {
        HttpStatus.Series series = HttpStatus.Series.resolve(status);
        return series == null
                ? "UNKNOWN"
                : switch (series) {
                    case INFORMATIONAL -> "INFORMATIONAL";
                    case SUCCESSFUL -> "SUCCESS";
                    case REDIRECTION -> "REDIRECTION";
                    case CLIENT_ERROR -> "CLIENT_ERROR";
                    case SERVER_ERROR -> "SERVER_ERROR";
                };
    }
}

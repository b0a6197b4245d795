package dev.mayfly.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.invocations.records.InvocationRecord;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InvocationMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InvocationMetrics metrics = new InvocationMetrics(registry, 2);

    private static InvocationRecord ended(String function, InvocationOutcome outcome, boolean cold) {
        Duration millisecond = Duration.ofMillis(1);
        return new InvocationRecord(
                new UUID(0, 0),
                function,
                1,
                "sha256:0",
                "test",
                outcome,
                null,
                null,
                null,
                Instant.EPOCH,
                millisecond,
                millisecond,
                millisecond,
                millisecond,
                0,
                10,
                20,
                "",
                cold,
                null);
    }

    private Set<String> functions() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("function"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Test
    void invocationsAreCountedByFunctionAndOutcome() {
        metrics.ended(ended("a", InvocationOutcome.SUCCEEDED, true));
        metrics.ended(ended("a", InvocationOutcome.SUCCEEDED, false));
        metrics.ended(ended("a", InvocationOutcome.TRAPPED, false));

        assertThat(registry.get("mayfly.invocations")
                        .tags("function", "a", "outcome", "succeeded")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("mayfly.invocations.output")
                        .tag("function", "a")
                        .counter()
                        .count())
                .isEqualTo(60);
        assertThat(registry.get("mayfly.invocations.start")
                        .tag("start", "cold")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mayfly.invocations.start")
                        .tag("start", "warm")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void functionsBeyondTheBoundShareTheirMeters() {
        for (String function : new String[] {"a", "b", "c", "d"}) {
            metrics.ended(ended(function, InvocationOutcome.SUCCEEDED, false));
        }

        assertThat(functions()).containsExactlyInAnyOrder("a", "b", InvocationMetrics.OTHER);
        assertThat(registry.get("mayfly.invocations")
                        .tag("function", InvocationMetrics.OTHER)
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theMetersOfADeletedFunctionGo() {
        metrics.ended(ended("stays", InvocationOutcome.SUCCEEDED, false));
        metrics.ended(ended("goes", InvocationOutcome.SUCCEEDED, false));
        FunctionCatalog catalog = (name, selector) -> {
            if (name.value().equals("goes")) {
                throw new FunctionNotFoundException(name);
            }
            throw new VersionNotFoundException(name, selector);
        };

        new MetricsSweeper(metrics, catalog).sweep();

        assertThat(functions()).containsExactlyInAnyOrder("stays", InvocationMetrics.OTHER);
        metrics.ended(ended("new", InvocationOutcome.SUCCEEDED, false));
        assertThat(functions()).contains("new");
    }
}

package dev.mayfly.workers;

import dev.mayfly.invocations.InvocationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts orders by what came of them. What the functions did is for control planes to count. */
final class ExecutionMetrics {

    /** The result of an order whose sender is gone. */
    static final String GONE = "client-gone";

    /** The result of an order that was none. */
    static final String INVALID = "invalid";

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    ExecutionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String result) {
        counters.computeIfAbsent(result, this::counter).increment();
    }

    private Counter counter(String result) {
        return Counter.builder("mayfly.worker.executions")
                .description("Orders of control planes, by what came of them")
                .tag("result", result)
                .register(registry);
    }

    static String word(InvocationResult result) {
        return switch (result) {
            case InvocationResult.Ran _ -> "ran";
            case InvocationResult.NotRun _ -> "not-run";
            case InvocationResult.Stopped _ -> "stopped";
            case InvocationResult.ArgumentsRefused _ -> "arguments-refused";
            case InvocationResult.ModuleRefused _ -> "module-refused";
            case InvocationResult.Failed _, InvocationResult.Lost _ -> "failed";
        };
    }
}

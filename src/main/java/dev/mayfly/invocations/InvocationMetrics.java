package dev.mayfly.invocations;

import dev.mayfly.invocations.records.InvocationListener;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.invocations.records.InvocationRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators see of invocations. Each function has its own meters, up to a bound; the functions beyond it share
 * those of {@value #OTHER}, which is no function's name. A function's meters go when the function does.
 */
final class InvocationMetrics implements InvocationListener {

    static final String OTHER = "_other";

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final int maxFunctions;
    private final Map<String, FunctionMeters> functions = new ConcurrentHashMap<>();
    private final FunctionMeters others;
    private final Timer queue;
    private final Timer coldStart;
    private final Timer warmStart;

    InvocationMetrics(MeterRegistry registry, int maxFunctions) {
        this.registry = registry;
        this.maxFunctions = maxFunctions;
        this.others = new FunctionMeters(OTHER);
        this.queue = timer("mayfly.invocations.queue", "Time that invocations waited for a slot")
                .register(registry);
        this.coldStart = start("cold");
        this.warmStart = start("warm");
    }

    private Timer start(String temperature) {
        return timer("mayfly.invocations.start", "Time from getting a slot to the guest's first instruction")
                .tag("start", temperature)
                .register(registry);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    @Override
    public void ended(InvocationRecord invocation) {
        queue.record(invocation.queue());
        (invocation.cold() ? coldStart : warmStart).record(invocation.start());
        metersOf(invocation.function()).count(invocation);
    }

    private FunctionMeters metersOf(String function) {
        FunctionMeters known = functions.get(function);
        if (known != null) {
            return known;
        }
        // The bound may be passed by as many as ask at the same moment; what matters is that it is one.
        return functions.size() < maxFunctions ? functions.computeIfAbsent(function, FunctionMeters::new) : others;
    }

    /** The functions that have meters of their own. */
    Set<String> functions() {
        return Set.copyOf(functions.keySet());
    }

    /** Forgets a function that is no more. */
    void forget(String function) {
        FunctionMeters meters = functions.remove(function);
        if (meters != null) {
            meters.remove();
        }
    }

    /** The meters of a function, registered when they first have something to say. */
    private final class FunctionMeters {

        private final String function;
        private final Map<InvocationOutcome, Counter> outcomes = new ConcurrentHashMap<>();
        private final Timer duration;
        private final Counter bytesIn;
        private final Counter bytesOut;

        FunctionMeters(String function) {
            this.function = function;
            this.duration = timer(
                            "mayfly.invocations.duration", "Time that instances ran, from first instruction to end")
                    .tag("function", function)
                    .register(registry);
            this.bytesIn = bytes("mayfly.invocations.input", "Input that invocations received");
            this.bytesOut = bytes("mayfly.invocations.output", "Output that instances wrote");
        }

        private Counter bytes(String name, String description) {
            return Counter.builder(name)
                    .description(description)
                    .baseUnit("bytes")
                    .tag("function", function)
                    .register(registry);
        }

        private Counter outcome(InvocationOutcome outcome) {
            return Counter.builder("mayfly.invocations")
                    .description("Invocations that got a slot, by how they ended")
                    .tag("function", function)
                    .tag("outcome", outcome.id())
                    .register(registry);
        }

        void count(InvocationRecord invocation) {
            outcomes.computeIfAbsent(invocation.outcome(), this::outcome).increment();
            duration.record(invocation.run());
            bytesIn.increment((double) invocation.bytesIn());
            bytesOut.increment((double) invocation.bytesOut());
        }

        void remove() {
            registry.remove(duration);
            registry.remove(bytesIn);
            registry.remove(bytesOut);
            outcomes.values().forEach(registry::remove);
        }
    }
}

package dev.mayfly.callbacks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what comes of attempts to deliver. */
final class CallbackMetrics {

    private final Counter delivered;
    private final Counter retried;
    private final Counter abandoned;

    CallbackMetrics(MeterRegistry registry) {
        this.delivered = counter("delivered", registry);
        this.retried = counter("retried", registry);
        this.abandoned = counter("abandoned", registry);
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder("mayfly.async.callbacks")
                .description("Attempts to deliver results, by what came of them")
                .tag("result", result)
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void retried() {
        retried.increment();
    }

    void abandoned() {
        abandoned.increment();
    }
}

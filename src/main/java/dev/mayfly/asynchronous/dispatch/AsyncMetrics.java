package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What operators see of asynchronous invocations. Counters are of this process, gauges of the queue that all share. */
final class AsyncMetrics {

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter redriven;
    private final Counter purged;
    private final Counter discarded;

    AsyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = counter("mayfly.async.accepted", "Asynchronous invocations accepted");
        this.redriven = counter("mayfly.async.redriven", "Dead letters put back into the queue");
        this.purged = counter("mayfly.async.purged", "Dead letters deleted");
        this.discarded = counter(
                "mayfly.async.discarded", "Ends of attempts that were not written because their lease was lost");
        // From the start, so that a first increase is one.
        List.of("succeeded", "failed", "lost").forEach(this::attempts);
        List.of("succeeded", "failed", "cancelled").forEach(this::finished);
        List.of(Retries.ATTEMPTS, Retries.AGE).forEach(this::deadLettered);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter attempts(String result) {
        return Counter.builder("mayfly.async.attempts")
                .description("Attempts at asynchronous invocations that count")
                .tag("result", result)
                .register(registry);
    }

    private Counter finished(String outcome) {
        return Counter.builder("mayfly.async.finished")
                .description("Asynchronous invocations that have ended, other than as dead letters")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter deadLettered(String reason) {
        return Counter.builder("mayfly.async.dead.lettered")
                .description("Asynchronous invocations that became dead letters")
                .tag("reason", reason)
                .register(registry);
    }

    void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    void depth(String state, DoubleSupplier value) {
        Gauge.builder("mayfly.async.queue.depth", value::getAsDouble)
                .description("Asynchronous invocations in the queue, about")
                .tag("state", state)
                .register(registry);
    }

    void accepted() {
        accepted.increment();
    }

    void redriven() {
        redriven.increment();
    }

    void purged(int count) {
        purged.increment(count);
    }

    void cancelled() {
        finished("cancelled").increment();
    }

    void discarded(int count) {
        discarded.increment(count);
    }

    /** A lease was found to have run out. */
    void lost() {
        attempts("lost").increment();
    }

    /** An ending was written. */
    void written(Ending ending) {
        switch (ending) {
            case Ending.Again again -> {
                if (again.counts()) {
                    attempts(again.lost() ? "lost" : "failed").increment();
                }
            }
            case Ending.Ended ended -> written(ended);
        }
    }

    private void written(Ending.Ended ended) {
        switch (ended.state()) {
            case SUCCEEDED, FAILED -> {
                attempts(ended.state().id()).increment();
                finished(ended.state().id()).increment();
            }
            case DEAD -> {
                if (ended.result().attempt() != null) {
                    attempts(ended.result().outcome().equals("lost") ? "lost" : "failed")
                            .increment();
                }
                deadLettered(ended.deadReason().orElse("unknown")).increment();
            }
            default -> finished(ended.state().id()).increment();
        }
    }
}

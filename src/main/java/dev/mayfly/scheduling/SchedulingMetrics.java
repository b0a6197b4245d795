package dev.mayfly.scheduling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What operators see of the scheduler. */
final class SchedulingMetrics implements SchedulingObserver {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry meters;
    private final Timer queueTime;
    private final Counter refused;
    private final Counter dropped;

    SchedulingMetrics(MeterRegistry meters) {
        this.meters = meters;
        queueTime = Timer.builder("mayfly.scheduling.queue.time")
                .description("How long invocations waited for a slot")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        refused = Counter.builder("mayfly.scheduling.refused")
                .description("Invocations that were not admitted because too many waited")
                .register(meters);
        dropped = Counter.builder("mayfly.scheduling.dropped")
                .description("Invocations that left the queue without having run")
                .register(meters);
    }

    void watch(Scheduler scheduler) {
        Gauge.builder("mayfly.scheduling.slots.in.use", scheduler, Scheduler::slotsInUse)
                .description("Slots that run an invocation")
                .register(meters);
        Gauge.builder("mayfly.scheduling.slots.blocked", scheduler, Scheduler::blocked)
                .description("Running invocations without a slot, because they wait in a system call")
                .register(meters);
        Gauge.builder("mayfly.scheduling.slots", scheduler, s -> s.limits().slots())
                .description("Slots there are at most")
                .register(meters);
        Gauge.builder("mayfly.scheduling.queue.length", scheduler, Scheduler::queueLength)
                .description("Invocations that wait for a slot")
                .register(meters);
        TimeGauge.builder("mayfly.scheduling.queue.oldest.age", scheduler, TimeUnit.NANOSECONDS, s -> s.oldestAge()
                        .toNanos())
                .description("How long the invocation has waited that has waited longest")
                .register(meters);
    }

    @Override
    public void started(Duration waited) {
        queueTime.record(waited);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void dropped() {
        dropped.increment();
    }
}

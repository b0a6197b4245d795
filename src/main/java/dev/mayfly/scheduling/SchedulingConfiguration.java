package dev.mayfly.scheduling;

import dev.mayfly.sandbox.InstanceThread;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the scheduler into the application. */
@Configuration(proxyBeanMethods = false)
class SchedulingConfiguration {

    @Bean
    NanoClock nanoClock() {
        return NanoClock.SYSTEM;
    }

    @Bean
    Scheduler scheduler(
            SchedulingProperties properties,
            NanoClock clock,
            MeterRegistry meters,
            ObjectProvider<SlotThreadFactory> threads) {
        SchedulingMetrics metrics = new SchedulingMetrics(meters);
        Scheduler scheduler = new Scheduler(
                properties.limits(Runtime.getRuntime().availableProcessors()),
                clock,
                threads.getIfAvailable(() -> InstanceThread.factory("slot-")::newThread),
                metrics);
        metrics.watch(scheduler);
        return scheduler;
    }

    @Bean
    SchedulerLifecycle schedulerLifecycle(Scheduler scheduler, SchedulingProperties properties) {
        return new SchedulerLifecycle(scheduler, properties.drainTimeout());
    }

    @Bean
    SlotsHealthIndicator slotsHealthIndicator(Scheduler scheduler) {
        return new SlotsHealthIndicator(scheduler);
    }
}

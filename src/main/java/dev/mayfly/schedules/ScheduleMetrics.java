package dev.mayfly.schedules;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Counts firings of this process, and now and then the schedules of all. */
final class ScheduleMetrics implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleMetrics.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Map<FiringResult, Counter> fired = new EnumMap<>(FiringResult.class);
    private final ScheduleRepository schedules;
    private volatile double active = Double.NaN;

    ScheduleMetrics(ScheduleRepository schedules, MeterRegistry registry) {
        this.schedules = schedules;
        for (FiringResult result : FiringResult.values()) {
            fired.put(
                    result,
                    Counter.builder("mayfly.schedules.fired")
                            .description("Firings of schedules, by what became of them")
                            .tag("result", result.id())
                            .register(registry));
        }
        Gauge.builder("mayfly.schedules.active", this, metrics -> metrics.active)
                .description("Schedules that are enabled")
                .register(registry);
    }

    void count(FiringResult result) {
        Counter counter = fired.get(result);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::refresh, INTERVAL);
    }

    private void refresh() {
        try {
            active = schedules.countEnabled();
        } catch (DataAccessException e) {
            LOG.debug("The number of schedules cannot be read", e);
        }
    }
}

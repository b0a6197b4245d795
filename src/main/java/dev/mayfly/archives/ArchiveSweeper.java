package dev.mayfly.archives;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Deletes archives whose time is over, and tells how much the others take. */
final class ArchiveSweeper implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSweeper.class);

    private final KeptArchives archives;
    private final Duration interval;
    private volatile ArchiveRows.Taken taken = new ArchiveRows.Taken(0, 0, 0);

    ArchiveSweeper(KeptArchives archives, Duration interval, MeterRegistry meters) {
        this.archives = archives;
        this.interval = interval;
        Gauge.builder("mayfly.artifacts.kept", this, sweeper -> (double) sweeper.taken.bytes())
                .description("Size of all archives that are kept, as of the last sweep")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("mayfly.artifacts.kept.archives", this, sweeper -> (double) sweeper.taken.archives())
                .description("Archives that are kept, as of the last sweep")
                .register(meters);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweepAndReport, interval);
    }

    private void sweepAndReport() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not delete archives whose time is over; trying again later", e);
        }
    }

    void sweep() throws IOException {
        archives.sweep();
        taken = archives.taken();
    }
}

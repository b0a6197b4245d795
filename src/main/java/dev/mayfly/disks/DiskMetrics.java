package dev.mayfly.disks;

import dev.mayfly.disk.layout.DiskImageException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What is counted of uploads. */
final class DiskMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary uploads;

    DiskMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.uploads = DistributionSummary.builder("mayfly.disks.upload")
                .description("Size of uploaded images, refused ones included")
                .baseUnit("bytes")
                .register(registry);
    }

    void uploaded(long bytes) {
        uploads.record((double) bytes);
    }

    void refused(DiskImageException.Reason reason) {
        Counter.builder("mayfly.disks.refused")
                .description("Images that were refused, by reason")
                .tag("reason", word(reason))
                .register(registry)
                .increment();
    }

    /** The word that clients see. */
    static String word(DiskImageException.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

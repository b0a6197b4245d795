package dev.mayfly.archives;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.function.Supplier;

/** What is counted of archives. */
final class ArchiveMetrics {

    private final MeterRegistry registry;
    private final Timer packing;

    ArchiveMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.packing = Timer.builder("mayfly.artifacts.packing")
                .description("Time that making and keeping archives took, while their slots were taken")
                .register(registry);
    }

    /** Measures the making of an archive, and counts what came of it. */
    ArchiveSummary timed(Supplier<ArchiveSummary> making) {
        ArchiveSummary made = Objects.requireNonNull(packing.record(making));
        Counter.builder("mayfly.artifacts.archives")
                .description("Archives that were to be made, by what became of them")
                .tag("state", made.state().id())
                .register(registry)
                .increment();
        return made;
    }
}

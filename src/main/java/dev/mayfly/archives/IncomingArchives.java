package dev.mayfly.archives;

import java.time.Duration;
import java.util.UUID;

/** Receives archives that workers send. */
public final class IncomingArchives {

    /** What compressing may add to what cannot be compressed: less than this for each byte. */
    private static final int PERCENT = 101;

    private static final int FRAMING = 64 * 1024;

    private final ArchiveStaging staging;
    private final ArchiveKeeper keeper;
    private final ArchiveMetrics metrics;
    private final ArchiveProperties properties;

    IncomingArchives(
            ArchiveStaging staging, ArchiveKeeper keeper, ArchiveMetrics metrics, ArchiveProperties properties) {
        this.staging = staging;
        this.keeper = keeper;
        this.metrics = metrics;
        this.properties = properties;
    }

    /** How long a worker may take to make an archive. */
    public Duration maxTime() {
        return properties.maxTime();
    }

    /** One that nothing has arrived of yet. */
    public IncomingArchive begin() {
        return new IncomingArchive(staging, properties.maxSize().toBytes() / 100 * PERCENT + FRAMING);
    }

    /**
     * Has an archive kept, now that all of it has arrived.
     *
     * @param reported what the worker says of it
     * @param id of the invocation
     * @param function its name
     */
    public ArchiveSummary keep(IncomingArchive archive, ArchiveSummary reported, UUID id, String function) {
        return metrics.timed(() -> archive.keep(reported, id, function, keeper));
    }
}

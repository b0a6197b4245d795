package dev.mayfly.disks;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Deletes stored disks that no version refers to any more, as modules are: the row is the lock on the file. */
final class DiskSweeper implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(DiskSweeper.class);

    private final ArtifactStore store;
    private final ImageRows images;
    private final Transactions transactions;
    private final DiskProperties properties;
    private final InstantSource clock;

    DiskSweeper(
            ArtifactStore store,
            ImageRows images,
            Transactions transactions,
            DiskProperties properties,
            InstantSource clock) {
        this.store = store;
        this.images = images;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweepAndReport, properties.sweepInterval());
    }

    private void sweepAndReport() {
        try {
            sweep();
        } catch (IOException | RuntimeException e) {
            log.warn("Could not sweep unused disks; trying again later", e);
        }
    }

    /** Deletes what is unused for longer than the grace period, and notices what has no row. */
    void sweep() throws IOException {
        for (ContentDigest digest : store.list()) {
            if (!images.known(digest)) {
                long bytes = store.size(digest);
                transactions.change(() -> {
                    images.touch(digest, bytes, clock.instant());
                    return digest;
                });
            }
        }
        Instant before = clock.instant().minus(properties.sweepGrace());
        images.unreferenced(before).forEach(digest -> sweep(digest, before));
    }

    private void sweep(ContentDigest digest, Instant before) {
        transactions.change(() -> {
            if (images.lockUnreferenced(digest, before)) {
                delete(digest);
            }
            return digest;
        });
    }

    private void delete(ContentDigest digest) {
        try {
            store.delete(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.delete(digest);
        log.info("Deleted disk {}, which no version refers to", digest);
    }
}

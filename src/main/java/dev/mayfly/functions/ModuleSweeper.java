package dev.mayfly.functions;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ModuleProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Deletes stored modules that no version refers to any more.
 *
 * <p>A module's row is the lock on its file. Publishing takes the lock, puts the file in place and commits the version
 * with the row; the sweep takes the lock, finds that there is no version, and deletes the file with the row. So neither
 * can happen in the middle of the other, in this process or another on the same database. A file without a row, which
 * a crash between the two left behind, is given one first, and then goes like any other. The grace period is not part
 * of this: it is for invocations that were admitted while there was a version.
 */
class ModuleSweeper implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(ModuleSweeper.class);
    private static final int BATCH = 500;

    private final ArtifactStore store;
    private final StoredModules modules;
    private final FunctionVersions versions;
    private final Transactions transactions;
    private final ModuleProperties properties;
    private final Clock clock;

    ModuleSweeper(
            ArtifactStore store,
            StoredModules modules,
            FunctionVersions versions,
            Transactions transactions,
            ModuleProperties properties,
            Clock clock) {
        this.store = store;
        this.modules = modules;
        this.versions = versions;
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
            log.warn("Could not sweep unused modules; trying again later", e);
        }
    }

    /** Deletes what is unused for longer than the grace period, and notices what has no row. */
    void sweep() throws IOException {
        adoptFilesWithoutRow();
        Instant before = clock.instant().minus(properties.sweepGrace());
        List<String> batch = modules.unreferenced("", before, Limit.of(BATCH));
        while (!batch.isEmpty()) {
            batch.forEach(digest -> sweep(digest, before));
            batch = modules.unreferenced(batch.getLast(), before, Limit.of(BATCH));
        }
    }

    private void adoptFilesWithoutRow() throws IOException {
        store.list().stream().gather(Gatherers.windowFixed(BATCH)).forEach(this::adopt);
    }

    private void adopt(List<ContentDigest> stored) {
        Set<String> known =
                Set.copyOf(modules.known(stored.stream().map(ContentDigest::hex).toList()));
        stored.stream().filter(digest -> !known.contains(digest.hex())).forEach(this::adopt);
    }

    private void adopt(ContentDigest digest) {
        try {
            long size = Files.size(store.locate(digest));
            modules.save(new StoredModule(digest, size, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        } catch (DataIntegrityViolationException | ConcurrencyFailureException beingPublished) {
            log.debug("Module {} has been published meanwhile", digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sweep(String digest, Instant before) {
        transactions.change(() -> {
            modules.lock(digest)
                    .filter(module -> module.touchedAt().isBefore(before) && !versions.anyOf(digest))
                    .ifPresent(this::delete);
            return digest;
        });
    }

    private void delete(StoredModule module) {
        try {
            store.delete(module.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        modules.delete(module);
        log.info("Deleted module {}, which no version refers to", module.digest());
    }
}

package dev.mayfly.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The archives that are kept: taken in within bounds, given out, deleted when their time is over. Thread-safe. */
public final class KeptArchives implements ArchiveKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(KeptArchives.class);
    private static final int BATCH = 100;

    private final ArchiveRows rows;
    private final ArchiveContents contents;
    private final ArchiveProperties properties;
    private final InstantSource time;
    private final Object admission = new Object();

    KeptArchives(ArchiveRows rows, ArchiveContents contents, ArchiveProperties properties, InstantSource time) {
        this.rows = rows;
        this.contents = contents;
        this.properties = properties;
        this.time = time;
    }

    @Override
    public ArchiveSummary keep(UUID id, String function, StagedArchive archive) {
        try (archive) {
            // As exact as databases are.
            Instant expires = time.instant().plus(properties.retention()).truncatedTo(ChronoUnit.MICROS);
            if (!admit(id, function, archive, expires)) {
                return ArchiveSummary.without(ArchiveState.STORAGE_FULL);
            }
            store(id, archive);
            return new ArchiveSummary(ArchiveState.KEPT, archive.bytes(), archive.files(), expires);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The archive of invocation {} of {} could not be kept", id, function, e);
            return ArchiveSummary.without(Failures.stateOf(e));
        }
    }

    /** One at a time in this process: several that each fit may not fit together. */
    private boolean admit(UUID id, String function, StagedArchive archive, Instant expires) {
        synchronized (admission) {
            ArchiveRows.Taken taken = rows.taken(function);
            boolean fits = archive.bytes() <= properties.maxTotal().toBytes() - taken.bytes()
                    && archive.bytes() <= properties.functionBytes() - taken.ofFunction();
            if (fits) {
                rows.add(id, function, archive, expires);
            }
            return fits;
        }
    }

    private void store(UUID id, StagedArchive archive) throws IOException {
        try {
            contents.store(id, archive.file());
            rows.complete(id);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(id);
            throw e;
        }
    }

    private void deleteQuietly(UUID id) {
        try {
            delete(id);
        } catch (IOException | DataAccessException e) {
            LOG.warn("What there is of the archive of invocation {} stays until its time is over", id, e);
        }
    }

    /** An archive that can be fetched. */
    public Optional<KeptArchive> find(UUID id) {
        return rows.find(id, time.instant());
    }

    /**
     * Opens an archive; skipping is cheap.
     *
     * @throws NoSuchFileException if there is none any more
     */
    public InputStream open(UUID id) throws IOException {
        return contents.open(id);
    }

    /**
     * Deletes an archive.
     *
     * @return whether there was one
     */
    public boolean delete(UUID id) throws IOException {
        // The row last: while it is there, what is left is found again.
        contents.delete(id);
        return rows.delete(id);
    }

    /**
     * What is true now of archives.
     *
     * @param recorded what was when their invocations ended, by their ids
     */
    public Map<UUID, ArchiveSummary> now(Map<UUID, ArchiveSummary> recorded) {
        Instant now = time.instant();
        Map<UUID, ArchiveSummary> current = new HashMap<>(recorded);
        current.replaceAll((_, summary) -> isOver(summary, now) ? summary.in(ArchiveState.EXPIRED) : summary);
        Set<UUID> kept = current.entrySet().stream()
                .filter(archive -> archive.getValue().state() == ArchiveState.KEPT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<UUID> present = rows.present(kept);
        kept.stream()
                .filter(id -> !present.contains(id))
                .forEach(id -> current.computeIfPresent(id, (_, summary) -> summary.in(ArchiveState.DELETED)));
        return current;
    }

    private static boolean isOver(ArchiveSummary summary, Instant now) {
        Instant expires = summary.expires();
        return summary.state() == ArchiveState.KEPT && expires != null && !now.isBefore(expires);
    }

    /** How much is kept. */
    ArchiveRows.Taken taken() {
        return rows.taken("");
    }

    /** Deletes those whose time is over. */
    void sweep() throws IOException {
        Instant now = time.instant();
        int found = BATCH;
        while (found == BATCH) {
            found = 0;
            for (UUID id : rows.expired(now, BATCH)) {
                delete(id);
                found++;
            }
        }
    }
}

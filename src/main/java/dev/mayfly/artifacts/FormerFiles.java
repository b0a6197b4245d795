package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts into the database what a process kept in files before it was configured to use the database. Until then these
 * files are all that there is of those contents, and no cache.
 */
final class FormerFiles {

    private static final Logger log = LoggerFactory.getLogger(FormerFiles.class);

    private final FileArtifactStore files;
    private final ArtifactChunks chunks;
    private final TransactionOperations transactions;

    FormerFiles(FileArtifactStore files, ArtifactChunks chunks, TransactionOperations transactions) {
        this.files = files;
        this.chunks = chunks;
        this.transactions = transactions;
    }

    /** Does so, for each that is still in use. Harmless when there is nothing to do, or another process does it too. */
    void store() throws IOException {
        Set<ContentDigest> missing = new HashSet<>(files.list());
        missing.removeAll(Set.copyOf(chunks.list()));
        List<ContentDigest> stored = missing.stream()
                .filter(digest -> transactions.execute(_ -> store(digest)))
                .toList();
        if (!stored.isEmpty()) {
            log.info("Stored {} files in the database, which were nowhere else", stored.size());
        }
    }

    private boolean store(ContentDigest digest) {
        if (!chunks.lock(digest) || chunks.contains(digest)) {
            return false;
        }
        try {
            Path file = files.locate(digest);
            if (!Sha256.of(file).equals(digest)) {
                log.warn("{} is damaged: its file does not have that digest", digest);
                return false;
            }
            chunks.insert(digest, file);
            return true;
        } catch (NoSuchFileException deletedMeanwhile) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

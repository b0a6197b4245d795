package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Copies modules that are in files alone, from a time when they were kept there, into the database. */
final class ModuleImport implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(ModuleImport.class);

    private final FileArtifactStore files;
    private final ModuleChunks chunks;
    private final TransactionTemplate transactions;

    ModuleImport(FileArtifactStore files, ModuleChunks chunks, TransactionTemplate transactions) {
        this.files = files;
        this.chunks = chunks;
        this.transactions = transactions;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        for (ModuleDigest digest : files.list()) {
            try {
                transactions.executeWithoutResult(status -> insert(digest));
            } catch (DataIntegrityViolationException e) {
                log.debug("Module {} is not known, or another process has just copied it", digest);
            } catch (DataAccessException | TransactionException | UncheckedIOException e) {
                log.warn("Module {} could not be copied into the database", digest, e);
            }
        }
    }

    private void insert(ModuleDigest digest) {
        try {
            if (!chunks.contains(digest) && Sha256.of(files.locate(digest)).equals(digest)) {
                chunks.insert(digest, files.locate(digest));
                log.info("Copied module {} into the database", digest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

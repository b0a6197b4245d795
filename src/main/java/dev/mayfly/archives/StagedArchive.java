package dev.mayfly.archives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive in a file that is deleted when this is closed, unless it was moved away.
 *
 * @param bytes size of the file
 * @param files how many entries the archive has
 */
public record StagedArchive(Path file, long bytes, int files) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagedArchive.class);

    @Override
    public void close() {
        delete(file);
    }

    /** Deletes a file; if that fails, the next process that starts does. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("An archive that is not needed any more could not be deleted: {}", file, e);
        }
    }
}

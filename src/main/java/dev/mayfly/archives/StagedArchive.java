package dev.mayfly.archives;

import java.io.IOException;
import java.io.InputStream;
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

    /** It is not what it was when it was written; the log says why. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        UnreadableException(IOException cause) {
            super(cause);
        }
    }

    /** Opens the file. */
    public InputStream open() throws UnreadableException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Reads from the file; told apart from a failure of where its contents go. */
    public int read(InputStream in, byte[] target) throws UnreadableException {
        try {
            return in.read(target);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableException unreadable(IOException e) {
        LOG.warn("An archive cannot be read: {}", file, e);
        return new UnreadableException(e);
    }

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

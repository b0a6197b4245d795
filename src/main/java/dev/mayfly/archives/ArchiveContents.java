package dev.mayfly.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** The bytes of archives that are kept. Thread-safe. */
interface ArchiveContents {

    /** Stores what is in a file, which may be moved away. There is nothing stored under the id. */
    void store(UUID id, Path file) throws IOException;

    /**
     * Opens an archive. Skipping is cheap.
     *
     * @throws NoSuchFileException if there is none
     */
    InputStream open(UUID id) throws IOException;

    /** Deletes an archive, if there is one, whole or in part. */
    void delete(UUID id) throws IOException;
}

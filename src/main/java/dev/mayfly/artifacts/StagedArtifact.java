package dev.mayfly.artifacts;

import java.io.IOException;
import java.nio.file.Path;

/** An upload that is complete on disk but not stored yet. Closing it without {@link #commit} drops it. */
public interface StagedArtifact extends AutoCloseable {

    ContentDigest digest();

    /** In bytes. */
    long size();

    /** The staged file, for reading. */
    Path file();

    /** Stores it under its digest, durably. Harmless when the same bytes are stored already. */
    void commit() throws IOException;

    @Override
    void close();
}

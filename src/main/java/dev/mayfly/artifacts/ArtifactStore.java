package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Contents of one kind (modules, disks) by digest, readable as files. What is found under a digest is complete: what comes
 * is staged in a separate place and moved in whole. Thread-safe.
 */
public interface ArtifactStore {

    /** A directory for files that do not outlive this process, of this process alone; swept after a crash. */
    Path temporaryDirectory();

    /**
     * Streams an upload to the staging area while hashing it.
     *
     * @param maxBytes the size at which the upload is refused
     * @throws ArtifactTooLargeException if there are more bytes than that; nothing is left behind
     * @throws UploadException if reading the upload failed; nothing is left behind
     * @throws IOException if writing failed; nothing is left behind
     */
    StagedArtifact stage(InputStream upload, long maxBytes) throws IOException;

    /**
     * Takes over a file in the {@link #temporaryDirectory} that was written and hashed by others.
     *
     * @param digest of what is in the file
     */
    StagedArtifact stage(Path file, ContentDigest digest) throws IOException;

    /**
     * The file of stored content.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    Path locate(ContentDigest digest) throws IOException;

    /**
     * How many bytes stored content has.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    default long size(ContentDigest digest) throws IOException {
        return Files.size(locate(digest));
    }

    /**
     * Reads stored content. What comes of it is to be verified: unlike a file, it may end early.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    default InputStream open(ContentDigest digest) throws IOException {
        return Files.newInputStream(locate(digest));
    }

    /** The digests of all stored contents. */
    List<ContentDigest> list() throws IOException;

    /** Deletes stored content. Harmless when there is none. Whoever has its file open can read on. */
    void delete(ContentDigest digest) throws IOException;
}

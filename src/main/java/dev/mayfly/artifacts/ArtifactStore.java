package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Uploaded modules by digest, readable as files. What is found under a digest is complete: uploads are staged in a
 * separate place and moved in whole. Thread-safe.
 */
public interface ArtifactStore {

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
     * The file of a stored module.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    Path locate(ModuleDigest digest) throws IOException;

    /**
     * Reads a stored module. What comes of it is to be verified: unlike a file, it may end early.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    default InputStream open(ModuleDigest digest) throws IOException {
        return Files.newInputStream(locate(digest));
    }

    /** The digests of all stored modules. */
    List<ModuleDigest> list() throws IOException;

    /** Deletes a stored module. Harmless when there is none. Whoever has its file open can read on. */
    void delete(ModuleDigest digest) throws IOException;
}

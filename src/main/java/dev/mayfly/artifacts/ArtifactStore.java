package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Uploaded modules on disk, one file per digest. What is found under a digest is complete: uploads are staged in a
 * separate place and moved in whole.
 */
public interface ArtifactStore {

    /**
     * Streams an upload to the staging area while hashing it.
     *
     * @param maxBytes the size at which the upload is refused
     * @throws ArtifactTooLargeException if there are more bytes than that; nothing is left behind
     * @throws IOException if reading or writing failed; nothing is left behind
     */
    StagedArtifact stage(InputStream upload, long maxBytes) throws IOException;

    /**
     * The file of a stored module.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    Path locate(ModuleDigest digest) throws IOException;
}

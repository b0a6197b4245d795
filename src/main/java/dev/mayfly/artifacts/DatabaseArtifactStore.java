package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Modules in the database, for several processes that share nothing else. Files are a cache, within a budget: one that
 * is missing or damaged is read from the database, and one that cannot be written costs no more than being read again.
 */
final class DatabaseArtifactStore implements ArtifactStore, TemporaryFiles, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DatabaseArtifactStore.class);

    private final ModuleChunks chunks;
    private final FileArtifactStore files;
    private final long cacheBytes;

    /**
     * A store.
     *
     * @param files the cache
     * @param cacheBytes how much disk it may take
     */
    DatabaseArtifactStore(ModuleChunks chunks, FileArtifactStore files, long cacheBytes) {
        this.chunks = chunks;
        this.files = files;
        this.cacheBytes = cacheBytes;
    }

    @Override
    public Path temporaryDirectory() {
        return files.temporaryDirectory();
    }

    @Override
    public StagedArtifact stage(InputStream upload, long maxBytes) throws IOException {
        return new Staged(files.stage(upload, maxBytes));
    }

    @Override
    public Path locate(ModuleDigest digest) throws IOException {
        return isCached(digest) ? files.locate(digest) : fetch(digest);
    }

    private boolean isCached(ModuleDigest digest) throws IOException {
        try {
            Path file = files.locate(digest);
            files.used(file);
            return Sha256.of(file).equals(digest);
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    private Path fetch(ModuleDigest digest) throws IOException {
        try (InputStream in = ChunkInputStream.open(chunks, digest);
                StagedArtifact staged = files.stage(in, Long.MAX_VALUE)) {
            if (!staged.digest().equals(digest)) {
                throw new IOException("damaged: what the database has under " + digest + " does not have this digest");
            }
            staged.commit();
        }
        files.trim(cacheBytes);
        return files.locate(digest);
    }

    /** Reads around the cache where it cannot be used: a full disk is no reason not to run a function. */
    @Override
    public InputStream open(ModuleDigest digest) throws IOException {
        try {
            return Files.newInputStream(locate(digest));
        } catch (NoSuchFileException missing) {
            throw missing;
        } catch (IOException e) {
            log.warn("Module {} is read from the database, since its file cannot be had: {}", digest, e.toString());
            return ChunkInputStream.open(chunks, digest);
        }
    }

    @Override
    public List<ModuleDigest> list() {
        return chunks.list();
    }

    @Override
    public void delete(ModuleDigest digest) throws IOException {
        chunks.delete(digest);
        files.delete(digest);
    }

    @Override
    public void close() {
        files.close();
    }

    /** Stored in the transaction that is going on, which may be tried again; so the file stays until it is closed. */
    private final class Staged implements StagedArtifact {

        private final StagedArtifact staged;
        private boolean committed;

        Staged(StagedArtifact staged) {
            this.staged = staged;
        }

        @Override
        public ModuleDigest digest() {
            return staged.digest();
        }

        @Override
        public long size() {
            return staged.size();
        }

        @Override
        public Path file() {
            return staged.file();
        }

        @Override
        public void commit() throws IOException {
            if (!chunks.contains(digest())) {
                chunks.insert(digest(), file());
            }
            committed = true;
        }

        @Override
        public void close() {
            try (staged) {
                if (committed) {
                    staged.commit();
                    files.trim(cacheBytes);
                }
            } catch (IOException e) {
                log.warn("Module {} is stored, but not cached: {}", digest(), e.toString());
            }
        }
    }
}

package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents in the database, for several processes that share nothing else. Files are a cache, within a budget: one that
 * is missing or damaged is read from the database, and one that cannot be written costs no more than being read again.
 */
final class DatabaseArtifactStore implements ArtifactStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DatabaseArtifactStore.class);
    private static final int LOCKS = 64;

    private final ArtifactChunks chunks;
    private final FileArtifactStore files;
    private final long cacheBytes;
    private final FileCheck check;

    /** Those whose files had their digest when they were last looked at. */
    private final Set<ContentDigest> intact = ConcurrentHashMap.newKeySet();

    /** Who wants a file waits for who fetches it. Several contents may have one lock. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /**
     * A store.
     *
     * @param files the cache
     * @param cacheBytes how much disk it may take
     * @param check of files
     */
    DatabaseArtifactStore(ArtifactChunks chunks, FileArtifactStore files, long cacheBytes, FileCheck check) {
        this.chunks = chunks;
        this.files = files;
        this.cacheBytes = cacheBytes;
        this.check = check;
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
    public StagedArtifact stage(Path file, ContentDigest digest) throws IOException {
        return new Staged(files.stage(file, digest));
    }

    @Override
    public Path locate(ContentDigest digest) throws IOException {
        ReentrantLock lock = locks.get(Math.floorMod(digest.hashCode(), LOCKS));
        lock.lock();
        try {
            return isCached(digest) ? files.locate(digest) : fetch(digest);
        } finally {
            lock.unlock();
        }
    }

    private boolean isCached(ContentDigest digest) throws IOException {
        try {
            Path file = files.locate(digest);
            files.used(file);
            return isIntact(digest, file);
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    private boolean isIntact(ContentDigest digest, Path file) throws IOException {
        if (check == FileCheck.ONCE && intact.contains(digest)) {
            return true;
        }
        boolean same = Sha256.of(file).equals(digest);
        if (same) {
            intact.add(digest);
        }
        return same;
    }

    private Path fetch(ContentDigest digest) throws IOException {
        try (InputStream in = ChunkInputStream.open(chunks, digest);
                StagedArtifact staged = files.stage(in, Long.MAX_VALUE)) {
            if (!staged.digest().equals(digest)) {
                throw new IOException("damaged: what the database has under " + digest + " does not have this digest");
            }
            cache(staged);
        }
        return files.locate(digest);
    }

    private void cache(StagedArtifact staged) throws IOException {
        staged.commit();
        intact.add(staged.digest());
        files.trim(cacheBytes);
    }

    /** Of what has a file the database need not be there. */
    @Override
    public long size(ContentDigest digest) throws IOException {
        try {
            return files.size(digest);
        } catch (NoSuchFileException notCached) {
            return chunks.size(digest).orElseThrow(() -> new NoSuchFileException(digest.toString()));
        }
    }

    /** Reads around the cache where it cannot be used: a full disk is no reason not to run a function. */
    @Override
    public InputStream open(ContentDigest digest) throws IOException {
        try {
            return Files.newInputStream(locate(digest));
        } catch (NoSuchFileException missing) {
            throw missing;
        } catch (IOException e) {
            log.warn("{} is read from the database, since its file cannot be had: {}", digest, e.toString());
            return ChunkInputStream.open(chunks, digest);
        }
    }

    @Override
    public List<ContentDigest> list() {
        return chunks.list();
    }

    @Override
    public void delete(ContentDigest digest) throws IOException {
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
        public ContentDigest digest() {
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
                    cache(staged);
                }
            } catch (IOException e) {
                log.warn("{} is stored, but not cached: {}", digest(), e.toString());
            }
        }
    }
}

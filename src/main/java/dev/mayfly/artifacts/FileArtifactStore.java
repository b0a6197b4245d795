package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contents as files {@code sha256/ab/cdef...} below a root directory, where {@code abcdef...} is the digest. */
final class FileArtifactStore implements ArtifactStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileArtifactStore.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PREFIX_DIGITS = 2;

    /** So much at most is written to disk at the end; whoever sends more meanwhile waits for the disk. */
    private static final long UNFORCED_BYTES = 64L * 1024 * 1024;

    private final Path blobs;
    private final StagingArea staging;

    FileArtifactStore(Path root) throws IOException {
        this.blobs = root.resolve("sha256");
        Files.createDirectories(blobs);
        this.staging = new StagingArea(root.resolve("staging"));
    }

    @Override
    public Path temporaryDirectory() {
        return staging.directory();
    }

    @Override
    public StagedArtifact stage(InputStream upload, long maxBytes) throws IOException {
        Path file = staging.newFile();
        try {
            MessageDigest sha256 = Sha256.newDigest();
            long size = write(upload, file, sha256, maxBytes);
            return new Staged(new ContentDigest(HexFormat.of().formatHex(sha256.digest())), size, file);
        } catch (Throwable e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public StagedArtifact stage(Path file, ContentDigest digest) throws IOException {
        return new Staged(digest, Files.size(file), file);
    }

    private static long write(InputStream upload, Path file, MessageDigest hash, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        long forced = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int read = read(upload, buffer); read >= 0; read = read(upload, buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw new ArtifactTooLargeException(maxBytes);
                }
                hash.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (size - forced >= UNFORCED_BYTES) {
                    channel.force(false);
                    forced = size;
                }
            }
        }
        return size;
    }

    private static int read(InputStream upload, byte[] buffer) throws UploadException {
        try {
            return upload.read(buffer);
        } catch (IOException e) {
            throw new UploadException(e);
        }
    }

    @Override
    public Path locate(ContentDigest digest) throws IOException {
        Path file = fileOf(digest);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    @Override
    public List<ContentDigest> list() throws IOException {
        try (Stream<Path> files = Files.find(blobs, 2, (path, attributes) -> attributes.isRegularFile())) {
            return files.map(blobs::relativize).map(FileArtifactStore::digestOf).toList();
        }
    }

    @Override
    public void delete(ContentDigest digest) throws IOException {
        Files.deleteIfExists(fileOf(digest));
    }

    /** Has a file be among the last that {@link #trim} deletes. */
    void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // It may be deleted sooner, no more.
            log.debug("Cannot note the use of {}", file, e);
        }
    }

    /**
     * Deletes the files that were unused for longest until the others take no more than so many bytes. The one that was
     * used last stays in any case.
     */
    void trim(long maxBytes) throws IOException {
        long taken = 0;
        for (Stored stored : newestFirst()) {
            boolean fits = taken == 0 || stored.size() <= maxBytes - taken;
            taken += stored.size();
            if (!fits) {
                Files.deleteIfExists(stored.file());
            }
        }
    }

    private List<Stored> newestFirst() throws IOException {
        try (Stream<Path> found = Files.find(blobs, 2, (path, attributes) -> attributes.isRegularFile())) {
            return found.flatMap(Stored::of)
                    .sorted(Comparator.comparing(Stored::used).reversed())
                    .toList();
        }
    }

    @Override
    public void close() {
        staging.close();
    }

    private Path fileOf(ContentDigest digest) {
        return blobs.resolve(digest.hex().substring(0, PREFIX_DIGITS))
                .resolve(digest.hex().substring(PREFIX_DIGITS));
    }

    private static ContentDigest digestOf(Path relative) {
        return new ContentDigest(
                relative.toString().replace(relative.getFileSystem().getSeparator(), ""));
    }

    /** A file as it is found. */
    private record Stored(Path file, long size, FileTime used) {

        static Stream<Stored> of(Path file) {
            try {
                return Stream.of(new Stored(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (IOException deletedMeanwhile) {
                return Stream.empty();
            }
        }
    }

    private final class Staged implements StagedArtifact {

        private final ContentDigest digest;
        private final long size;
        private final Path file;

        Staged(ContentDigest digest, long size, Path file) {
            this.digest = digest;
            this.size = size;
            this.file = file;
        }

        @Override
        public ContentDigest digest() {
            return digest;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public Path file() {
            return file;
        }

        /** Replaces what is stored under the digest: the bytes are the same, unless the disk damaged them. */
        @Override
        public void commit() throws IOException {
            Path target = fileOf(digest);
            if (!Files.exists(file) && Files.exists(target)) {
                return; // committed before, by a transaction that was rolled back and tried again
            }
            Durably.force(file);
            Durably.move(file, target);
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

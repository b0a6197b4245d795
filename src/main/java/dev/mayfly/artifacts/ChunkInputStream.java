package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.springframework.dao.DataAccessException;

/** Reads content from the database, a chunk at a time. Holds no connection between two chunks. */
final class ChunkInputStream extends InputStream {

    private final ArtifactChunks chunks;
    private final ContentDigest digest;
    private byte[] chunk;
    private int next = 1;
    private int position;

    private ChunkInputStream(ArtifactChunks chunks, ContentDigest digest, byte[] first) {
        this.chunks = chunks;
        this.digest = digest;
        this.chunk = first;
    }

    /**
     * Opens content.
     *
     * @throws NoSuchFileException if there is none
     */
    static ChunkInputStream open(ArtifactChunks chunks, ContentDigest digest) throws IOException {
        byte[] first = chunks.read(digest, 0).orElseThrow(() -> new NoSuchFileException(digest.toString()));
        return new ChunkInputStream(chunks, digest, first);
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(chunk[position++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (position == chunk.length && chunk.length > 0) {
            position = 0;
            chunk = following();
        }
        return position < chunk.length;
    }

    private byte[] following() throws IOException {
        try {
            return chunks.read(digest, next++).orElse(new byte[0]);
        } catch (DataAccessException e) {
            throw new IOException("the database cannot be read", e);
        }
    }
}

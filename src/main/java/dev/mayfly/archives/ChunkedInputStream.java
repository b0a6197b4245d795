package dev.mayfly.archives;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.dao.DataAccessException;

/** Reads an archive a chunk at a time, only those that are asked for. Holds no connection between two chunks. */
final class ChunkedInputStream extends InputStream {

    private final IntFunction<Optional<byte[]>> chunks;
    private final int count;
    private final int chunkBytes;
    private long position;
    private int loaded = -1;
    private byte[] chunk = {};

    /**
     * A stream.
     *
     * @param chunks gives a chunk by its number
     * @param count how many there are
     * @param chunkBytes how long each is but the last
     */
    ChunkedInputStream(IntFunction<Optional<byte[]>> chunks, int count, int chunkBytes) {
        this.chunks = chunks;
        this.count = count;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        long number = position / chunkBytes;
        if (number >= count) {
            return -1;
        }
        load((int) number);
        int at = (int) (position % chunkBytes);
        if (at >= chunk.length) {
            return -1;
        }
        int read = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, read);
        position += read;
        return read;
    }

    private void load(int number) throws IOException {
        if (loaded == number) {
            return;
        }
        try {
            chunk = chunks.apply(number).orElseThrow(() -> new IOException("deleted while it was read"));
            loaded = number;
        } catch (DataAccessException e) {
            throw new IOException("the database cannot be read", e);
        }
    }

    /** May go behind the end, where nothing is read any more. */
    @Override
    public long skip(long bytes) {
        long skipped = Math.max(0, bytes);
        position += skipped;
        return skipped;
    }
}

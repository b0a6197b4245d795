package dev.mayfly.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a file, in blocks of which only those are in memory that were written to. A block may be shorter than
 * its range: it grows by doubling, so that a small file takes little. What no block covers comes from the layer below,
 * and is zero behind it.
 */
final class Blocks {

    static final int BLOCK_BYTES = 16 * 1024;
    static final int MIN_BLOCK_BYTES = 256;

    /** Beyond it, {@link FileError#FBIG}. */
    static final long MAX_FILE_BYTES = 1L << 40;

    private static final int POINTER_BYTES = 8;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];
    private static final byte[][] NO_BLOCKS = {};

    private final Quota quota;
    private final LowerNode.@Nullable LowerFile below;
    private byte[] @Nullable [] blocks = NO_BLOCKS;
    private long size;

    /** How many bytes of the layer below are still seen. */
    private long belowSize;

    Blocks(Quota quota, LowerNode.@Nullable LowerFile below) {
        this.quota = quota;
        this.below = below;
        this.belowSize = below == null ? 0 : below.size();
        this.size = belowSize;
    }

    long size() {
        return size;
    }

    /** Whether it may differ from the layer below, or lies on none. */
    boolean isChanged() {
        return below == null || blocks.length > 0 || size != below.size() || belowSize != size;
    }

    /** Reads up to the end of the file. Returns the number of bytes, or -1 at the end. */
    int read(long position, ByteBuffer target) throws FileException {
        if (position >= size) {
            return -1;
        }
        int total = (int) Math.min(target.remaining(), size - position);
        int left = total;
        long at = position;
        while (left > 0) {
            byte[] block = block(index(at));
            int count = block == null ? uncovered(at, left) : Math.min(left, BLOCK_BYTES - offset(at));
            readRange(block, at, target, count);
            at += count;
            left -= count;
        }
        return total;
    }

    /**
     * Writes as much as fits into the quota.
     *
     * @throws FileException if that is nothing
     */
    void write(long position, ByteBuffer source) throws FileException {
        if (!source.hasRemaining()) {
            return;
        }
        if (position >= MAX_FILE_BYTES) {
            throw FileException.of(FileError.FBIG);
        }
        long end = Math.min(position + source.remaining(), MAX_FILE_BYTES);
        for (long at = position; at < end; ) {
            int count = (int) Math.min(end - at, BLOCK_BYTES - offset(at));
            byte[] block = writableOrNull(at, count, at == position);
            if (block == null) {
                return;
            }
            source.get(block, offset(at), count);
            at += count;
            size = Math.max(size, at);
        }
    }

    /** Cuts off, or appends zeros that take no memory. */
    void resize(long newSize) throws FileException {
        if (newSize > MAX_FILE_BYTES) {
            throw FileException.of(FileError.FBIG);
        }
        if (newSize < size) {
            truncate(newSize);
        }
        size = newSize;
    }

    /** Makes sure that a range, which must not be empty, can be written. Grows the file to its end. */
    void allocate(long position, long length) throws FileException {
        if (position > MAX_FILE_BYTES - length) {
            throw FileException.of(FileError.FBIG);
        }
        long end = position + length;
        quota.requireLeft(end - Math.max(position, size) - BLOCK_BYTES);
        try {
            for (long at = position; at < end; ) {
                int count = (int) Math.min(end - at, BLOCK_BYTES - offset(at));
                writable(at, count);
                at += count;
            }
        } catch (FileException e) {
            truncate(size);
            throw e;
        }
        size = Math.max(size, end);
    }

    /** Gives everything back. */
    void clear() {
        truncate(0);
        size = 0;
    }

    /** How many bytes from a position on, of so many, lie in front of the next block: they are read in one go. */
    private int uncovered(long at, int wanted) {
        int next = index(at) + 1;
        int end = Math.min(blocks.length, index(at + wanted - 1) + 1);
        while (next < end && blocks[next] == null) {
            next++;
        }
        return next < end ? (int) ((long) next * BLOCK_BYTES - at) : wanted;
    }

    /** Reads a range that is within one block, or within none. */
    private void readRange(byte @Nullable [] block, long at, ByteBuffer target, int count) throws FileException {
        int present;
        if (block == null) {
            present = Math.clamp(belowSize - at, 0, count);
            copyFromBelow(at, target, present);
        } else {
            present = Math.clamp(block.length - offset(at), 0, count);
            if (present > 0) {
                target.put(block, offset(at), present);
            }
        }
        putZeros(target, count - present);
    }

    private static void putZeros(ByteBuffer target, int count) {
        for (int left = count; left > 0; left -= BLOCK_BYTES) {
            target.put(ZEROS, 0, Math.min(left, BLOCK_BYTES));
        }
    }

    private void copyFromBelow(long at, ByteBuffer target, int length) throws FileException {
        if (below != null && length > 0) {
            try {
                below.read(at, target, length);
            } catch (IOException e) {
                throw FileException.of(FileError.IO);
            }
        }
    }

    private byte @Nullable [] writableOrNull(long at, int count, boolean required) throws FileException {
        try {
            return writable(at, count);
        } catch (FileException e) {
            if (required) {
                throw e;
            }
            return null;
        }
    }

    /** The block at a position, with room for so many bytes behind it. */
    private byte[] writable(long at, int count) throws FileException {
        int index = index(at);
        int needed = offset(at) + count;
        byte[] block = block(index);
        if (block != null && block.length >= needed) {
            return block;
        }
        growTable(index + 1);
        byte[] grown = block == null ? copiedUp(index, needed) : larger(block, needed);
        blocks[index] = grown;
        return grown;
    }

    private byte[] copiedUp(int index, int needed) throws FileException {
        long start = (long) index * BLOCK_BYTES;
        int present = Math.clamp(belowSize - start, 0, BLOCK_BYTES);
        int capacity = capacity(Math.max(needed, present));
        quota.takeBytes(capacity);
        byte[] block = new byte[capacity];
        try {
            copyFromBelow(start, ByteBuffer.wrap(block), present);
        } catch (FileException e) {
            quota.giveBytes(capacity);
            throw e;
        }
        return block;
    }

    private byte[] larger(byte[] block, int needed) throws FileException {
        int capacity = capacity(needed);
        quota.takeBytes(capacity - block.length);
        return Arrays.copyOf(block, capacity);
    }

    private void growTable(int length) throws FileException {
        if (length > blocks.length) {
            int grown = (int) Math.min(Math.max(length, blocks.length * 2L), MAX_FILE_BYTES / BLOCK_BYTES);
            quota.takeBytes((long) POINTER_BYTES * (grown - blocks.length));
            blocks = Arrays.copyOf(blocks, grown);
        }
    }

    private void truncate(long newSize) {
        int kept = (int) ((newSize + BLOCK_BYTES - 1) / BLOCK_BYTES);
        for (int index = kept; index < blocks.length; index++) {
            byte[] block = blocks[index];
            quota.giveBytes(block == null ? 0 : block.length);
            blocks[index] = null;
        }
        if (kept < blocks.length) {
            quota.giveBytes((long) POINTER_BYTES * (blocks.length - kept));
            blocks = Arrays.copyOf(blocks, kept);
        }
        if (offset(newSize) > 0) {
            truncateBlock(index(newSize), offset(newSize));
        }
        belowSize = Math.min(belowSize, newSize);
    }

    private void truncateBlock(int index, int length) {
        byte[] block = block(index);
        if (block != null && length < block.length) {
            byte[] kept = Arrays.copyOf(block, Math.min(block.length, capacity(length)));
            Arrays.fill(kept, length, kept.length, (byte) 0);
            quota.giveBytes(block.length - kept.length);
            blocks[index] = kept;
        }
    }

    private byte @Nullable [] block(int index) {
        return index < blocks.length ? blocks[index] : null;
    }

    private static int capacity(int needed) {
        return Math.max(MIN_BLOCK_BYTES, Integer.highestOneBit(needed - 1) << 1);
    }

    private static int index(long position) {
        return (int) (position / BLOCK_BYTES);
    }

    private static int offset(long position) {
        return (int) (position % BLOCK_BYTES);
    }
}

package dev.mayfly.disk.zstd;

import java.util.Arrays;

/**
 * What a frame unpacked last, as far back as copies may reach, and what of it was not read yet: a ring, which grows as it
 * is filled and goes round when it has its full size.
 */
final class Window {

    private byte[] bytes = new byte[2 * ZstdInputStream.MAX_BLOCK];

    /** How far back copies may reach. */
    private int reach;

    /** How much the frame has unpacked to, in bytes. */
    private long written;

    private long read;

    /** A frame begins, and everything before it was read; copies do not reach before it. */
    void reset(int newReach) {
        reach = newReach;
        written = 0;
        read = 0;
    }

    /** Everything was read, and a block may follow. */
    void makeRoom() {
        long full = (long) reach + ZstdInputStream.MAX_BLOCK;
        long needed = Math.min(full, written + ZstdInputStream.MAX_BLOCK);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(full, Math.max(needed, 2L * bytes.length)));
        }
    }

    /** In bytes. */
    long written() {
        return written;
    }

    void append(byte[] source, int from, int length) throws ZstdException {
        require(length);
        int at = place(written);
        int first = Math.min(length, bytes.length - at);
        System.arraycopy(source, from, bytes, at, first);
        System.arraycopy(source, from + first, bytes, 0, length - first);
        written += length;
    }

    void fill(byte value, int length) throws ZstdException {
        require(length);
        int at = place(written);
        int first = Math.min(length, bytes.length - at);
        Arrays.fill(bytes, at, at + first, value);
        Arrays.fill(bytes, 0, length - first, value);
        written += length;
    }

    /** Copies from so far back; the copy may reach into itself. */
    void repeat(int distance, int length) throws ZstdException {
        require(length);
        if (distance <= 0 || distance > reach || distance > written) {
            throw new ZstdException("a copy of what is not there");
        }
        int from = place(written - distance);
        int to = place(written);
        if (Math.max(from, to) > bytes.length - length) {
            repeatRound(from, to, length);
        } else if (distance >= length) {
            System.arraycopy(bytes, from, bytes, to, length);
        } else {
            for (int i = 0; i < length; i++) {
                bytes[to + i] = bytes[from + i];
            }
        }
        written += length;
    }

    private void repeatRound(int from, int to, int length) {
        int source = from;
        int target = to;
        for (int i = 0; i < length; i++) {
            bytes[target] = bytes[source];
            source = source + 1 == bytes.length ? 0 : source + 1;
            target = target + 1 == bytes.length ? 0 : target + 1;
        }
    }

    int read(byte[] target, int offset, int length) {
        int at = place(read);
        int count = Math.min(Math.min(length, available()), bytes.length - at);
        System.arraycopy(bytes, at, target, offset, count);
        read += count;
        return count;
    }

    int available() {
        return (int) (written - read);
    }

    /** Hashes what was not read yet. */
    void hash(XxHash64 hash) {
        int at = place(read);
        int first = Math.min(available(), bytes.length - at);
        hash.update(bytes, at, first);
        hash.update(bytes, 0, available() - first);
    }

    /** No block unpacks to more than the largest block, or the window if that is smaller. */
    private void require(int length) throws ZstdException {
        if (available() + (long) length > Math.min(reach, ZstdInputStream.MAX_BLOCK)) {
            throw new ZstdException("a block is too large");
        }
    }

    /** Before the ring has its full size, nothing is written behind its end. */
    private int place(long position) {
        return (int) (position % bytes.length);
    }
}

package dev.mayfly.disk.zstd;

import java.util.Arrays;

/** What was unpacked last, as far back as copies may reach, and what of it was not read yet. */
final class Window {

    private static final int MIN_ROOM = 2 * ZstdInputStream.MAX_BLOCK;

    private byte[] bytes = new byte[MIN_ROOM];
    private int size;

    /** How far back copies may reach. */
    private int reach;

    /** Where what was not read yet begins. */
    private int unread;

    /** Where the frame begins; copies do not reach before it. */
    private int frame;

    void reset(int newReach) {
        reach = newReach;
        frame = size;
    }

    /** Everything in it has been read, and a block may follow. */
    void makeRoom() {
        if (bytes.length - size < ZstdInputStream.MAX_BLOCK) {
            int kept = Math.min(size, reach);
            if (kept + MIN_ROOM > bytes.length) {
                long wanted = Math.min(Math.max(2L * bytes.length, kept + MIN_ROOM), (long) reach + MIN_ROOM);
                bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, (long) kept + MIN_ROOM));
            }
            if (bytes.length - size < ZstdInputStream.MAX_BLOCK) {
                System.arraycopy(bytes, size - kept, bytes, 0, kept);
                frame = Math.max(0, frame - (size - kept));
                size = kept;
                unread = kept;
            }
        }
    }

    void append(byte[] source, int from, int length) throws ZstdException {
        require(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void fill(byte value, int length) throws ZstdException {
        require(length);
        Arrays.fill(bytes, size, size + length, value);
        size += length;
    }

    /** Copies from so far back; the copy may reach into itself. */
    void repeat(int distance, int length) throws ZstdException {
        require(length);
        if (distance <= 0 || distance > reach || distance > size - frame) {
            throw new ZstdException("a copy of what is not there");
        }
        if (distance >= length) {
            System.arraycopy(bytes, size - distance, bytes, size, length);
        } else {
            for (int i = size; i < size + length; i++) {
                bytes[i] = bytes[i - distance];
            }
        }
        size += length;
    }

    int read(byte[] target, int offset, int length) {
        int count = Math.min(length, size - unread);
        System.arraycopy(bytes, unread, target, offset, count);
        unread += count;
        return count;
    }

    int available() {
        return size - unread;
    }

    /** No block unpacks to more than the largest block. */
    private void require(int length) throws ZstdException {
        if (size - unread + (long) length > ZstdInputStream.MAX_BLOCK) {
            throw new ZstdException("a block is too large");
        }
    }
}

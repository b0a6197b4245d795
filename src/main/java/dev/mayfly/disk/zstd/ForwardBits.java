package dev.mayfly.disk.zstd;

/** A bit stream that is read from its beginning. */
final class ForwardBits {

    private final byte[] bytes;
    private final int start;
    private final int end;
    private long position;

    ForwardBits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    int read(int count) throws ZstdException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int at = start + (int) (position >>> 3);
            if (at >= end) {
                throw new ZstdException("a table ends early");
            }
            value |= ((bytes[at] >>> (position & 7)) & 1) << i;
            position++;
        }
        return value;
    }

    void rewind() {
        position--;
    }

    /** The first byte that no bit was read of. */
    int nextByte() {
        return start + (int) ((position + 7) >>> 3);
    }
}

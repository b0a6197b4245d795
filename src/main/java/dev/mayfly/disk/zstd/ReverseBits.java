package dev.mayfly.disk.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A bit stream that is read from its end to its beginning, which is behind the highest bit that is set in its last byte.
 * Reading on before its beginning gives zeros, and {@link #left} is negative then.
 */
final class ReverseBits {

    /** Bytes that must be in the array behind the last stream, since bits are read in eights of bytes. */
    static final int PADDING = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private int left;

    ReverseBits(byte[] bytes, int start, int end) throws ZstdException {
        if (end <= start || bytes[end - 1] == 0) {
            throw new ZstdException("a bit stream has no end");
        }
        int last = bytes[end - 1] & 0xFF;
        this.bytes = bytes;
        this.start = start;
        this.left = (end - 1 - start) * 8 + (31 - Integer.numberOfLeadingZeros(last));
    }

    /** How many bits are left. */
    int left() {
        return left;
    }

    /** Reads up to 31 bits. */
    int read(int count) {
        int value = peek(count);
        left -= count;
        return value;
    }

    /** The next up to 31 bits. */
    int peek(int count) {
        int from = left - count;
        if (from >= 0) {
            return bits(from, count);
        }
        return left <= 0 ? 0 : bits(0, left) << -from;
    }

    void skip(int count) {
        left -= count;
    }

    private int bits(int from, int count) {
        long word = (long) LONG.get(bytes, start + (from >>> 3));
        return (int) ((word >>> (from & 7)) & ((1L << count) - 1));
    }
}

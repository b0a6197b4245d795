package dev.mayfly.disk.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The hash that a frame may end with: XXH64 with seed 0. */
final class XxHash64 {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME1 = 0x9E3779B185EBCA87L;
    private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME3 = 0x165667B19E3779F9L;
    private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private final byte[] stripe = new byte[STRIPE];
    private int filled;
    private long length;
    private long lane1 = 0x60EA27EEADC0B5D6L; // the sum of the first two, without its overflow
    private long lane2 = PRIME2;
    private long lane3;
    private long lane4 = -PRIME1;

    void update(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        length += count;
        if (filled > 0) {
            int taken = Math.min(STRIPE - filled, count);
            System.arraycopy(bytes, at, stripe, filled, taken);
            filled += taken;
            at += taken;
            if (filled < STRIPE) {
                return;
            }
            stripes(stripe, 0, STRIPE);
        }
        int whole = at + (end - at) / STRIPE * STRIPE;
        stripes(bytes, at, whole);
        filled = end - whole;
        System.arraycopy(bytes, whole, stripe, 0, filled);
    }

    private void stripes(byte[] bytes, int from, int end) {
        long one = lane1;
        long two = lane2;
        long three = lane3;
        long four = lane4;
        for (int at = from; at < end; at += STRIPE) {
            one = round(one, (long) LONG.get(bytes, at));
            two = round(two, (long) LONG.get(bytes, at + 8));
            three = round(three, (long) LONG.get(bytes, at + 16));
            four = round(four, (long) LONG.get(bytes, at + 24));
        }
        lane1 = one;
        lane2 = two;
        lane3 = three;
        lane4 = four;
    }

    long value() {
        long hash = length < STRIPE ? PRIME5 : lanes();
        hash += length;
        int at = 0;
        for (; at + Long.BYTES <= filled; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(stripe, at)), 27) * PRIME1 + PRIME4;
        }
        if (at + Integer.BYTES <= filled) {
            long word = (int) INT.get(stripe, at) & 0xFFFF_FFFFL;
            hash = Long.rotateLeft(hash ^ (word * PRIME1), 23) * PRIME2 + PRIME3;
            at += Integer.BYTES;
        }
        for (; at < filled; at++) {
            hash = Long.rotateLeft(hash ^ ((stripe[at] & 0xFF) * PRIME5), 11) * PRIME1;
        }
        hash = (hash ^ (hash >>> 33)) * PRIME2;
        hash = (hash ^ (hash >>> 29)) * PRIME3;
        return hash ^ (hash >>> 32);
    }

    private long lanes() {
        long hash = Long.rotateLeft(lane1, 1)
                + Long.rotateLeft(lane2, 7)
                + Long.rotateLeft(lane3, 12)
                + Long.rotateLeft(lane4, 18);
        for (long lane : new long[] {lane1, lane2, lane3, lane4}) {
            hash = (hash ^ round(0, lane)) * PRIME1 + PRIME4;
        }
        return hash;
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * PRIME2, 31) * PRIME1;
    }
}

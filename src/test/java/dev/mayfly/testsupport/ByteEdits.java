package dev.mayfly.testsupport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Changes to bytes that are the input of a fuzzer: {@link #BYTES} each, of which two are the kind, two the place and four the
 * value. A place is one of those where the bytes are not all zero, so that most changes meet structure.
 */
public final class ByteEdits {

    /** Of a change. */
    public static final int BYTES = 8;

    private static final int MAX_EDITS = 64;
    private static final int LINE = 8;
    private static final int FAR = 128;
    private static final long[] EDGES = {
        0,
        1,
        -1,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        4096
    };

    private final byte[] original;

    /** Where the lines of eight bytes begin that are not all zero. */
    private final int[] lines;

    public ByteEdits(byte[] original) {
        this.original = original.clone();
        this.lines = linesOf(original);
    }

    private static int[] linesOf(byte[] bytes) {
        int[] found = new int[bytes.length / LINE + 1];
        int count = 0;
        for (int at = 0; at < bytes.length; at += LINE) {
            for (int i = at; i < Math.min(bytes.length, at + LINE); i++) {
                if (bytes[i] != 0) {
                    found[count++] = at;
                    break;
                }
            }
        }
        return Arrays.copyOf(found, Math.max(1, count));
    }

    /** The bytes as the program from {@code start} on changes them. */
    public byte[] apply(byte[] program, int start) {
        byte[] bytes = original.clone();
        ByteBuffer in = ByteBuffer.wrap(program, start, program.length - start).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < MAX_EDITS && in.remaining() >= BYTES; i++) {
            bytes = edit(bytes, in.get() & 0xFF, in.get() & 0xFF, in.getShort() & 0xFFFF, in.getInt());
        }
        return bytes;
    }

    private byte[] edit(byte[] bytes, int kind, int more, int place, int value) {
        int at = kind < FAR ? lines[place % lines.length] + more % LINE : place + (more << 16);
        if (at >= bytes.length) {
            return bytes;
        }
        ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (kind % 8) {
            case 0, 1 -> put(bytes, at, value, 1);
            case 2 -> put(bytes, at, value, 2);
            case 3 -> put(bytes, at, value, 4);
            case 4 -> put(bytes, at, EDGES[value & 15], 1 << (value >>> 4 & 3));
            case 5 -> bytes[at] ^= (byte) (1 << (value & 7));
            case 6 -> {
                if (at + 4 <= bytes.length) {
                    target.putInt(at, target.getInt(at) + (byte) value);
                }
            }
            default -> {
                return move(bytes, at, value);
            }
        }
        return bytes;
    }

    /** Copies a stretch from another place; rarely, cuts off what follows. */
    private byte[] move(byte[] bytes, int at, int value) {
        if (value == 0) {
            return Arrays.copyOf(bytes, Math.max(1, at));
        }
        int from = lines[(value & 0xFFFF) % lines.length];
        int length = Math.min((value >>> 16 & 0xFF) + 1, bytes.length - Math.max(at, from));
        if (length > 0) {
            System.arraycopy(bytes, from, bytes, at, length);
        }
        return bytes;
    }

    private static void put(byte[] bytes, int at, long value, int width) {
        for (int i = 0; i < Math.min(width, bytes.length - at); i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}

package dev.mayfly.compiler.x64;

import java.util.Arrays;

/** Bytes that are written one behind the other; numbers of several bytes begin with the lowest. */
final class CodeBuffer {

    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    void put8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    void put32(int value) {
        put8(value);
        put8(value >> 8);
        put8(value >> 16);
        put8(value >> 24);
    }

    void put64(long value) {
        put32((int) value);
        put32((int) (value >> 32));
    }

    int get32(int offset) {
        return (bytes[offset] & 0xFF)
                | ((bytes[offset + 1] & 0xFF) << 8)
                | ((bytes[offset + 2] & 0xFF) << 16)
                | (bytes[offset + 3] << 24);
    }

    void set32(int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >> 8);
        bytes[offset + 2] = (byte) (value >> 16);
        bytes[offset + 3] = (byte) (value >> 24);
    }

    /** Moves the rest of the code, from an offset on, to a smaller one. */
    void close(int from, int to, int length) {
        System.arraycopy(bytes, from, bytes, to, length);
    }

    void truncate(int newSize) {
        size = newSize;
    }

    void set8(int offset, int value) {
        bytes[offset] = (byte) value;
    }

    /** Fills up to a multiple of a power of two. */
    void align(int alignment, int filler) {
        while ((size & (alignment - 1)) != 0) {
            put8(filler);
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}

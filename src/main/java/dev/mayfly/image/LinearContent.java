package dev.mayfly.image;

import java.util.Arrays;

/**
 * Linear memory as an instance finds it.
 *
 * <p>It is kept up to the last byte that a segment wrote.
 */
final class LinearContent {

    private byte[] bytes = new byte[0];

    void write(byte[] source, int from, int length, int to) {
        if (to + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, to + length);
        }
        System.arraycopy(source, from, bytes, to, length);
    }

    byte[] bytes() {
        return bytes;
    }
}

package dev.mayfly.wasm;

import java.util.Arrays;
import java.util.Objects;

/**
 * Where the body of each function that a module defines stands in the binary. A body is what the code section holds
 * behind an entry's size: local declarations and instructions (core specification 2.0, section 5.5.13). Numbers here
 * count the defined functions only: body 0 belongs to the first function that is not imported.
 */
public final class FunctionBodies {

    // Twelve bytes a function rather than an object each.
    private final long[] offsets;
    private final int[] sizes;

    private FunctionBodies(long[] offsets, int[] sizes) {
        this.offsets = offsets;
        this.sizes = sizes;
    }

    public int count() {
        return sizes.length;
    }

    /** Where the body begins, in bytes from the start of the binary. */
    public long offset(int body) {
        return offsets[Objects.checkIndex(body, sizes.length)];
    }

    /** The size of the body in bytes. */
    public int size(int body) {
        return sizes[Objects.checkIndex(body, sizes.length)];
    }

    /** Collects bodies in the order of the binary. */
    public static final class Builder {

        private long[] offsets = new long[0];
        private int[] sizes = new int[0];
        private int count;

        public void add(long offset, int size) {
            if (count == sizes.length) {
                int capacity = Math.max(16, count * 2);
                offsets = Arrays.copyOf(offsets, capacity);
                sizes = Arrays.copyOf(sizes, capacity);
            }
            offsets[count] = offset;
            sizes[count] = size;
            count++;
        }

        public FunctionBodies build() {
            return new FunctionBodies(Arrays.copyOf(offsets, count), Arrays.copyOf(sizes, count));
        }
    }
}

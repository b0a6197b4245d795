package dev.mayfly.compiler.regalloc;

import java.util.Arrays;

/** Stretches of positions, in order, that do not touch each other. A start belongs to its range, an end does not. */
final class Ranges {

    private final int[] bounds;

    /** @param bounds a start and an end for each range */
    private Ranges(int[] bounds) {
        this.bounds = bounds;
    }

    /** Ranges given in any order, overlapping at will; the lists are as long as each other. */
    static Ranges of(IntList starts, IntList ends) {
        int count = starts.size();
        if (count == 1) {
            return new Ranges(new int[] {starts.get(0), ends.get(0)});
        }
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = (long) starts.get(i) << 32 | ends.get(i);
        }
        Arrays.sort(sorted);
        return new Ranges(merged(sorted));
    }

    private static int[] merged(long[] sorted) {
        int[] bounds = new int[2 * sorted.length];
        int size = 0;
        for (long range : sorted) {
            int start = (int) (range >> 32);
            int end = (int) range;
            if (size > 0 && start <= bounds[size - 1]) {
                bounds[size - 1] = Math.max(bounds[size - 1], end);
            } else {
                bounds[size++] = start;
                bounds[size++] = end;
            }
        }
        return Arrays.copyOf(bounds, size);
    }

    int count() {
        return bounds.length / 2;
    }

    int start(int range) {
        return bounds[2 * range];
    }

    int end(int range) {
        return bounds[2 * range + 1];
    }

    int start() {
        return bounds[0];
    }

    int end() {
        return bounds[bounds.length - 1];
    }

    /** The first range that ends behind the position, or {@link #count()}. */
    int firstEndingAfter(int position) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean contains(int position) {
        int range = firstEndingAfter(position);
        return range < count() && start(range) <= position;
    }
}

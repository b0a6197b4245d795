package dev.mayfly.image;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Unsigned numbers in ascending order, in memory of any kind: an array, or part of a mapped file.
 *
 * @param segment 4 bytes each, aligned
 */
record SortedInts(MemorySegment segment) {

    static SortedInts of(int[] values) {
        return new SortedInts(MemorySegment.ofArray(values));
    }

    int size() {
        return (int) (segment.byteSize() / Integer.BYTES);
    }

    int get(int index) {
        return segment.getAtIndex(JAVA_INT, index);
    }

    /** The index of the last number that is not larger than a value; -1 if all are. */
    int floor(int value) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(get(middle), value) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}

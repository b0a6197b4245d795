package dev.mayfly.compiler.code;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * What instructions of a function's code stem from: where the WebAssembly instruction begins in the module. Only those
 * instructions are in it at which a function can stop, which is what {@link Site} lists; they are found by the address at
 * which the processor, or the return address of a frame, stands.
 */
public final class CodeMap {

    private static final Site[] SITES = Site.values();

    /** Why the function can stop there. */
    public enum Site {
        /** Accesses linear memory; the offset is that of the instruction itself. A fault there is out of bounds. */
        MEMORY_ACCESS,
        /** Traps; the offset is that of the instruction that leaves the guest. */
        TRAP,
        /** Calls; the offset is that of the instruction's last byte, one less than the address it returns to. */
        CALL
    }

    private final int[] offsets;
    private final int[] positions;
    private final byte[] sites;

    private CodeMap(int[] offsets, int[] positions, byte[] sites) {
        this.offsets = offsets;
        this.positions = positions;
        this.sites = sites;
    }

    public int size() {
        return offsets.length;
    }

    /** In bytes from the start of the function's code; larger for a larger index. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Where the WebAssembly instruction begins, in bytes from the start of the module. */
    public int position(int index) {
        return positions[index];
    }

    public Site site(int index) {
        return SITES[sites[index]];
    }

    /** The index of the entry at an offset; negative if there is none. */
    public int find(int offset) {
        return Arrays.binarySearch(offsets, offset);
    }

    /** Collects entries in the order of the code. */
    public static final class Builder {

        private int[] offsets = new int[16];
        private int[] positions = new int[16];
        private byte[] sites = new byte[16];
        private int size;

        /**
         * Adds an entry.
         *
         * @throws IllegalArgumentException if the offset is not larger than that of the entry before
         */
        public void add(int offset, Site site, int position) {
            if (size > 0 && offset <= offsets[size - 1]) {
                throw new IllegalArgumentException("offset " + offset + " behind " + offsets[size - 1]);
            }
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, size * 2);
                positions = Arrays.copyOf(positions, size * 2);
                sites = Arrays.copyOf(sites, size * 2);
            }
            offsets[size] = offset;
            positions[size] = position;
            sites[size++] = (byte) site.ordinal();
        }

        public CodeMap build() {
            return build(IntUnaryOperator.identity());
        }

        /**
         * Makes the map of code that has moved.
         *
         * @param moved says for each offset where that is now; the order stays
         */
        public CodeMap build(IntUnaryOperator moved) {
            int[] now = Arrays.stream(offsets, 0, size).map(moved).toArray();
            return new CodeMap(now, Arrays.copyOf(positions, size), Arrays.copyOf(sites, size));
        }
    }
}

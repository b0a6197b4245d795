package dev.mayfly.compiler.x64;

import java.util.List;

/**
 * Which jumps of a piece of code can do with a displacement of one byte. Shortening one brings others within reach, so that
 * it takes a few rounds to find all; after each, what was found is right.
 */
final class ShortJumps {

    private static final int SHORT_LENGTH = 2;
    private static final int MAX_ROUNDS = 8;

    /**
     * A jump as it was written.
     *
     * @param length in bytes, the last four of which are the displacement
     * @param shortOpcode that of the form with one byte
     */
    record Jump(int offset, int length, int shortOpcode, int label) {

        private int end() {
            return offset + length;
        }
    }

    private final List<Jump> jumps;
    private final boolean[] isShort;

    /** How many bytes are saved by all jumps before each one; the last is that of all. */
    private final int[] saved;

    private ShortJumps(List<Jump> jumps) {
        this.jumps = jumps;
        isShort = new boolean[jumps.size()];
        saved = new int[jumps.size() + 1];
    }

    /**
     * Finds the jumps that can be short.
     *
     * @param jumps in the order of the code
     * @param labels the offset of each, of those at least that are jumped to
     */
    static ShortJumps of(List<Jump> jumps, int[] labels) {
        ShortJumps found = new ShortJumps(List.copyOf(jumps));
        boolean changed = true;
        for (int round = 0; changed && round < MAX_ROUNDS; round++) {
            changed = found.findMore(labels);
        }
        return found;
    }

    private boolean findMore(int[] labels) {
        boolean changed = false;
        for (int i = 0; i < isShort.length; i++) {
            if (!isShort[i]) {
                int distance = distance(i, labels);
                isShort[i] = distance == (byte) distance;
                changed |= isShort[i];
            }
        }
        for (int i = 0; i < isShort.length; i++) {
            saved[i + 1] = saved[i] + (isShort[i] ? jumps.get(i).length() - SHORT_LENGTH : 0);
        }
        return changed;
    }

    /** How far a jump goes from its end, once that is short. What others save can only bring it nearer. */
    private int distance(int index, int[] labels) {
        Jump jump = jumps.get(index);
        int target = labels[jump.label()];
        int end = target <= jump.offset() ? offset(jump.offset()) + SHORT_LENGTH : offset(jump.end());
        return offset(target) - end;
    }

    /** Where something is that was at an offset, not within a jump. */
    int offset(int before) {
        return before - saved[jumpsBefore(before)];
    }

    /** Whether four bytes at an offset were the displacement of a jump that is short now. */
    boolean isGone(int displacement) {
        int jump = jumpsBefore(displacement + 4) - 1;
        return jump >= 0 && isShort[jump] && jumps.get(jump).end() == displacement + 4;
    }

    /** How many jumps end at an offset or before it. */
    private int jumpsBefore(int offset) {
        int low = 0;
        int high = jumps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (jumps.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Closes the gaps, and writes the short jumps. */
    void apply(CodeBuffer code, int[] labels) {
        int from = 0;
        int to = 0;
        for (int i = 0; i < isShort.length; i++) {
            if (isShort[i]) {
                Jump jump = jumps.get(i);
                code.close(from, to, jump.offset() - from);
                to += jump.offset() - from;
                code.set8(to++, jump.shortOpcode());
                code.set8(to++, distance(i, labels));
                from = jump.end();
            }
        }
        code.close(from, to, code.size() - from);
        code.truncate(to + code.size() - from);
    }
}

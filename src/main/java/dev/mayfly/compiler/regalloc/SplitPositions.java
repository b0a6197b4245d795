package dev.mayfly.compiler.regalloc;

/** Where to split an interval: at best where code runs rarely. */
final class SplitPositions {

    /** How much more often a loop's body runs than what is around it, as a power of two. */
    private static final int LOOP_WEIGHT_SHIFT = 3;

    private static final int SEARCHED_BLOCKS = 64;

    private final CodeOrder order;

    SplitPositions(CodeOrder order) {
        this.order = order;
    }

    /**
     * How far a use is from a position, for choosing what to evict: a use outside the loop that the position lies in
     * counts as farther, because the loop runs often before it is reached.
     */
    long distance(int position, int use) {
        if (use == Interval.NEVER) {
            return Long.MAX_VALUE;
        }
        int loopsLeft = Math.max(0, order.loopDepthAt(position) - order.loopDepthAt(use));
        return (long) (use - position) << Math.min(loopsLeft * LOOP_WEIGHT_SHIFT, 24);
    }

    /** The last position between instructions before a register is destroyed, in the outermost loop possible. */
    int beforeDestruction(int start, int destroyed) {
        return outermost(start + 1, destroyed & ~1);
    }

    /** The position where the fewest loops are, between two that are included; preferably the last. */
    int outermost(int earliest, int latest) {
        return outermost(earliest, latest, false);
    }

    /**
     * The same for what leaves its register and is in its slot already. It can leave as a loop begins, even if the jump there
     * still reads it.
     */
    int outermostToLeave(int earliest, int latest) {
        return outermost(earliest, latest, true);
    }

    private int outermost(int earliest, int latest, boolean leaves) {
        int best = latest;
        int depth = order.loopDepthAt(latest);
        int block = order.blockAt(latest) - 1;
        for (int i = 0; i < SEARCHED_BLOCKS && block >= 0; i++) {
            int end = leaves ? order.end(block) : 2 * order.lastInstruction(block);
            if (end < earliest) {
                break;
            }
            if (order.block(block).loopDepth() < depth) {
                best = end;
                depth = order.block(block).loopDepth();
            }
            block--;
        }
        return best;
    }
}

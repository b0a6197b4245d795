package dev.mayfly.compiler.x64;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Puts blocks in the order in which the code has them. In the order given, a loop's blocks are next to each other, its head
 * first. Here blocks on the way out of a loop move behind it, and a loop that ends with a jump back to its head is turned
 * until it ends with a branch that may leave it: then each round takes one jump less, and entering the loop one more.
 */
final class CodeLayout {

    /** Longer loops stay as they are: their rounds take so long that a jump does not matter. */
    private static final int MAX_LOOP_BLOCKS = 256;

    private final List<MachineBlock> blocks;
    private final IntUnaryOperator targets;
    private final int[] order;

    /** By block, one more than the head of the loop that it was last found in. */
    private final int[] loopOf;

    private CodeLayout(List<MachineBlock> blocks, IntUnaryOperator targets) {
        this.blocks = blocks;
        this.targets = targets;
        order = IntStream.range(0, blocks.size()).toArray();
        loopOf = new int[order.length];
    }

    /**
     * The order of a function's blocks.
     *
     * @param targets where control goes in the end when it goes to a block
     */
    static int[] of(List<MachineBlock> blocks, IntUnaryOperator targets) {
        CodeLayout layout = new CodeLayout(blocks, targets);
        layout.arrangeLoops();
        return layout.order;
    }

    /** The inner loops first: they are parts of the order that outer ones move as a whole. */
    private void arrangeLoops() {
        int[] lastOf = new int[order.length];
        for (int block = 0; block < order.length; block++) {
            for (int successor : blocks.get(block).successors()) {
                if (successor <= block) {
                    lastOf[successor] = Math.max(lastOf[successor], block + 1);
                }
            }
        }
        for (int head = order.length - 1; head > 0; head--) {
            int length = lastOf[head] - head;
            if (length > 1 && length <= MAX_LOOP_BLOCKS) {
                arrange(head, length);
            }
        }
    }

    private void arrange(int head, int length) {
        int inside = separate(head, length);
        int bottom = head + inside - 1;
        if (jumpsTo(order[bottom], head)) {
            for (int i = bottom - 1; i >= head; i--) {
                if (leavesLoop(order[i], head)) {
                    rotate(head, i + 1, bottom + 1);
                    return;
                }
            }
        }
    }

    /** Moves what is not in the loop behind it, and says how many blocks are. */
    private int separate(int head, int length) {
        int depth = blocks.get(head).loopDepth();
        int[] outside = new int[length];
        int inside = 0;
        int left = 0;
        for (int i = head; i < head + length; i++) {
            int block = order[i];
            if (blocks.get(block).loopDepth() >= depth) {
                loopOf[block] = head + 1;
                order[head + inside++] = block;
            } else {
                outside[left++] = block;
            }
        }
        System.arraycopy(outside, 0, order, head + inside, left);
        return inside;
    }

    private boolean jumpsTo(int block, int head) {
        int[] successors = blocks.get(block).successors();
        return successors.length == 1 && targets.applyAsInt(successors[0]) == targets.applyAsInt(head);
    }

    /** Whether a block of this loop, but of none within, either stays in it or leaves it. */
    private boolean leavesLoop(int block, int head) {
        int[] successors = blocks.get(block).successors();
        return successors.length == 2
                && blocks.get(block).loopDepth() == blocks.get(head).loopDepth()
                && isInLoop(successors[0], head) != isInLoop(successors[1], head);
    }

    private boolean isInLoop(int block, int head) {
        return loopOf[block] == head + 1;
    }

    /** Exchanges two neighbouring parts of the order. */
    private void rotate(int from, int middle, int to) {
        int[] first = Arrays.copyOfRange(order, from, middle);
        System.arraycopy(order, middle, order, from, to - middle);
        System.arraycopy(first, 0, order, from + to - middle, first.length);
    }
}

package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Blocks;
import java.util.Arrays;

/**
 * What is known of blocks that begin or end a loop, block or if: where and when it began, when it ended, and while it is
 * open the parameters that wait for arguments.
 */
final class Constructs {

    private static final int NONE = -1;

    private int[] before = new int[0];
    private int[] begun = new int[0];
    private int[] ended = new int[0];
    private boolean[] open = new boolean[0];
    private int[] firstWaiting = new int[0];

    private int[] variable = new int[16];
    private int[] place = new int[16];
    private int[] nextWaiting = new int[16];
    private int waiting;

    void open(int block) {
        ensure(block);
        open[block] = true;
    }

    boolean isOpen(int block) {
        return block < open.length && open[block];
    }

    void close(int block, int beforeBlock, int begunAt, int endedAt) {
        ensure(block);
        open[block] = false;
        before[block] = beforeBlock;
        begun[block] = begunAt;
        ended[block] = endedAt;
    }

    /** The block in which the construct began; {@link Blocks#NONE} for a block that belongs to none. */
    int before(int block) {
        return block < before.length ? before[block] : Blocks.NONE;
    }

    /** The time of the construct's beginning. */
    int begun(int block) {
        return begun[block];
    }

    int ended(int block) {
        return ended[block];
    }

    /** Lets a parameter of an open block wait. */
    void await(int block, int ofVariable, int atPlace) {
        if (waiting == variable.length) {
            variable = Arrays.copyOf(variable, waiting * 2);
            place = Arrays.copyOf(place, waiting * 2);
            nextWaiting = Arrays.copyOf(nextWaiting, waiting * 2);
        }
        variable[waiting] = ofVariable;
        place[waiting] = atPlace;
        nextWaiting[waiting] = firstWaiting[block];
        firstWaiting[block] = waiting++;
    }

    /** Hands over the parameters that waited for a block. */
    void release(int block, Merges merges) {
        for (int i = firstWaiting[block]; i != NONE; i = nextWaiting[i]) {
            merges.add(block, variable[i], place[i]);
        }
        firstWaiting[block] = NONE;
    }

    private void ensure(int block) {
        int size = before.length;
        if (block >= size) {
            int larger = Math.max(block + 1, size * 2);
            before = Arrays.copyOf(before, larger);
            begun = Arrays.copyOf(begun, larger);
            ended = Arrays.copyOf(ended, larger);
            open = Arrays.copyOf(open, larger);
            firstWaiting = Arrays.copyOf(firstWaiting, larger);
            Arrays.fill(before, size, larger, Blocks.NONE);
            Arrays.fill(firstWaiting, size, larger, NONE);
        }
    }
}

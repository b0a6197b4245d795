package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.DominatorTree;
import dev.mayfly.compiler.ssa.Function;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** In how many loops each block lies: an edge to a block that dominates its source closes a loop. */
final class LoopDepths {

    private final Function function;
    private final Blocks blocks;
    private final DominatorTree dominators;
    private final int[] depths;

    /** The loop, by the block at its head, that a block was last found in. */
    private final int[] found;

    LoopDepths(Function function) {
        this.function = function;
        blocks = function.blocks();
        dominators = new DominatorTree(function);
        depths = new int[blocks.count()];
        found = new int[blocks.count()];
        Arrays.fill(found, Blocks.NONE);
        for (int head : dominators.reversePostorder()) {
            findLoop(head);
        }
    }

    boolean isReachable(int block) {
        return dominators.isReachable(block);
    }

    int of(int block) {
        return depths[block];
    }

    private void findLoop(int head) {
        Deque<Integer> pending = new ArrayDeque<>();
        for (int i = 0; i < blocks.predecessorCount(head); i++) {
            int source = function.edges().source(blocks.predecessor(head, i));
            if (dominators.isReachable(source) && dominators.dominates(head, source)) {
                include(source, head, pending);
            }
        }
        while (!pending.isEmpty()) {
            int block = pending.remove();
            for (int i = 0; block != head && i < blocks.predecessorCount(block); i++) {
                int source = function.edges().source(blocks.predecessor(block, i));
                if (dominators.isReachable(source)) {
                    include(source, head, pending);
                }
            }
        }
    }

    private void include(int block, int head, Deque<Integer> pending) {
        if (found[block] != head) {
            found[block] = head;
            depths[block]++;
            pending.add(block);
        }
    }
}

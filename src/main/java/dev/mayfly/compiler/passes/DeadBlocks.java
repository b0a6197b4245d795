package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.ReversePostorder;

/** Removes blocks that cannot be reached from the entry. */
final class DeadBlocks implements Pass {

    @Override
    public void run(Function function) {
        Blocks blocks = function.blocks();
        boolean[] reachable = new boolean[blocks.count()];
        for (int block : ReversePostorder.of(function)) {
            reachable[block] = true;
        }
        int[] order = new int[blocks.ordered()];
        int kept = 0;
        for (int i = 0; i < blocks.ordered(); i++) {
            int block = blocks.inOrder(i);
            if (reachable[block]) {
                order[kept++] = block;
            } else {
                unlink(function, block);
            }
        }
        blocks.setOrder(order, kept);
    }

    private static void unlink(Function function, int block) {
        for (int i = function.blocks().successorCount(block) - 1; i >= 0; i--) {
            function.removeEdge(function.blocks().successor(block, i));
        }
    }
}

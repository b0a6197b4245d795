package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.DominatorTree;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.LoopForest;
import dev.mayfly.compiler.ssa.Opcode;
import java.util.Arrays;

/**
 * Orders blocks for the machine code: in reverse postorder, so that a block comes behind those that dominate it, but the
 * blocks of a loop next to each other, and blocks that lead nowhere but to traps at the end, out of the way.
 */
final class BlockOrder implements Pass {

    @Override
    public void run(Function function) {
        new Run(function).run();
    }

    private static final class Run {

        private final Function function;
        private final Blocks blocks;
        private final int[] reversePostorder;
        private final LoopForest loops;

        // Lists, in reverse postorder: for each loop the blocks and inner loops in it, known by their headers.
        private final int[] first;
        private final int[] last;
        private final int[] next;

        private final int[] order;
        private int ordered;

        Run(Function function) {
            this.function = function;
            this.blocks = function.blocks();
            DominatorTree dominators = new DominatorTree(function);
            this.reversePostorder = dominators.reversePostorder();
            this.loops = new LoopForest(function, dominators);
            int outside = blocks.count();
            this.first = new int[outside + 1];
            this.last = new int[outside + 1];
            this.next = new int[outside];
            this.order = new int[reversePostorder.length];
            Arrays.fill(first, Blocks.NONE);
            Arrays.fill(next, Blocks.NONE);
        }

        void run() {
            boolean[] cold = coldBlocks();
            for (int block : reversePostorder) {
                enlist(block);
            }
            emit(cold, false);
            emit(cold, true);
            blocks.setOrder(order, ordered);
        }

        /** Marks blocks that end in a trap whatever happens. */
        private boolean[] coldBlocks() {
            boolean[] cold = new boolean[blocks.count()];
            for (int i = reversePostorder.length - 1; i > 0; i--) {
                int block = reversePostorder[i];
                int terminator = blocks.lastInstruction(block);
                cold[block] = function.instructions().opcode(terminator) == Opcode.TRAP || allSuccessors(block, cold);
            }
            return cold;
        }

        private boolean allSuccessors(int block, boolean[] cold) {
            for (int i = 0; i < blocks.successorCount(block); i++) {
                if (!cold[function.edges().target(blocks.successor(block, i))]) {
                    return false;
                }
            }
            return blocks.successorCount(block) > 0;
        }

        private void enlist(int block) {
            int loop = loops.enclosing(block);
            int list = loop == Blocks.NONE ? blocks.count() : loop;
            if (first[list] == Blocks.NONE) {
                first[list] = block;
            } else {
                next[last[list]] = block;
            }
            last[list] = block;
        }

        /** Walks the lists, going into a loop's own right behind its header. */
        private void emit(boolean[] cold, boolean which) {
            int block = first[blocks.count()];
            while (block != Blocks.NONE) {
                if (cold[block] == which) {
                    order[ordered++] = block;
                }
                block = loops.isHeader(block) && first[block] != Blocks.NONE ? first[block] : following(block);
            }
        }

        private int following(int block) {
            int at = block;
            while (at != Blocks.NONE && next[at] == Blocks.NONE) {
                at = loops.enclosing(at);
            }
            return at == Blocks.NONE ? Blocks.NONE : next[at];
        }
    }
}

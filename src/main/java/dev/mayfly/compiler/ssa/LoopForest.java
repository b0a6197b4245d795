package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/**
 * The loops of a function and how they are nested, found from the inside out. A loop is known by its header, through which
 * alone it is entered: WebAssembly's structured control makes no other loops. It describes the function as it was when
 * this was made.
 */
public final class LoopForest {

    private final Function function;
    private final DominatorTree dominators;
    private final boolean[] isHeader;
    private final int[] enclosing;
    private final int[] depth;

    // The header of the outermost loop found so far around a block, as a union-find forest.
    private final int[] outermost;
    private final int[] worklist;
    private int waiting;

    public LoopForest(Function function, DominatorTree dominators) {
        this.function = function;
        this.dominators = dominators;
        int blocks = function.blocks().count();
        isHeader = new boolean[blocks];
        enclosing = new int[blocks];
        depth = new int[blocks];
        outermost = new int[blocks];
        worklist = new int[blocks];
        Arrays.fill(enclosing, Blocks.NONE);
        Arrays.setAll(outermost, block -> block);
        int[] order = dominators.reversePostorder();
        for (int i = order.length - 1; i >= 0; i--) {
            findLoop(order[i]);
        }
        for (int block : order) {
            int around = enclosing[block] == Blocks.NONE ? 0 : depth[enclosing[block]];
            depth[block] = around + (isHeader[block] ? 1 : 0);
        }
    }

    public boolean isHeader(int block) {
        return isHeader[block];
    }

    /** The header of the innermost loop around a block, for a header the next one out; {@link Blocks#NONE} if there is none. */
    public int enclosing(int block) {
        return enclosing[block];
    }

    /** How many loops a block is in; a header is in its own. */
    public int depth(int block) {
        return depth[block];
    }

    private void findLoop(int header) {
        for (int i = 0; i < function.blocks().predecessorCount(header); i++) {
            int source = function.edges().source(function.blocks().predecessor(header, i));
            if (dominators.isReachable(source) && dominators.dominates(header, source)) {
                isHeader[header] = true;
                include(source, header);
            }
        }
        while (waiting > 0) {
            int block = worklist[--waiting];
            for (int i = 0; i < function.blocks().predecessorCount(block); i++) {
                include(function.edges().source(function.blocks().predecessor(block, i)), header);
            }
        }
    }

    /** Adds a block, or the largest loop around it that is known, to a loop. */
    private void include(int block, int header) {
        if (!dominators.isReachable(block)) {
            return;
        }
        int outer = outermost(block);
        if (outer != header) {
            enclosing[outer] = header;
            outermost[outer] = header;
            worklist[waiting++] = outer;
        }
    }

    private int outermost(int block) {
        int root = block;
        while (outermost[root] != root) {
            root = outermost[root];
        }
        int at = block;
        while (outermost[at] != root) {
            int next = outermost[at];
            outermost[at] = root;
            at = next;
        }
        return root;
    }
}

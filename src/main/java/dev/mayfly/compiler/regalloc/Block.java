package dev.mayfly.compiler.regalloc;

import java.util.List;

/**
 * A basic block: not empty, its last instruction is the only one that leaves it, and writes no register that is used
 * behind it; with just one successor it writes none at all, because moves on the edge come before it. Where a block with
 * several successors meets one with several predecessors, the edge must have been split by a block of its own. A block
 * with several successors passes no arguments to them.
 */
public interface Block {

    List<? extends Instruction> instructions();

    /** The numbers of the blocks that may follow, in the function's order. */
    int[] successors();

    /** The virtual registers that a predecessor's arguments are copied to, all at once, on the way in. */
    int[] parameters();

    /** What a block with one successor passes to its parameters: virtual registers. */
    int[] arguments();

    /** In how many loops it lies. */
    int loopDepth();
}

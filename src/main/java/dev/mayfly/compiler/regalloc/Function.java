package dev.mayfly.compiler.regalloc;

import java.util.List;

/**
 * A function before register allocation. A virtual register is defined once, by an instruction or as a block's
 * parameter, in a place that dominates all that reads or modifies it; the modifications follow the definition within its
 * block. A physical register is read in the block that wrote it, or in the first block.
 */
public interface Function {

    /** In the order of the code: the first is the entry, and a block comes after those that dominate it. */
    List<? extends Block> blocks();

    /** One more than the highest number of a virtual register. */
    int registerLimit();

    RegisterClass registerClass(int virtualRegister);
}

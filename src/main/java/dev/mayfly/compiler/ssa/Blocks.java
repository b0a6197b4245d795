package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/**
 * The blocks of a function: parameters, instructions of which the last and only the last is a terminator, and edges. The
 * order is that of the text form and, in the end, of the machine code; a block that is not in the order does not exist
 * any more.
 */
public final class Blocks {

    /** Stands where there is no block. */
    public static final int NONE = -1;

    private int[] first = new int[8];
    private int[] last = new int[8];
    private final IntLists parameters = new IntLists();
    private final IntLists successors = new IntLists();
    private final IntLists predecessors = new IntLists();
    private int count;

    private int[] order = new int[8];
    private int ordered;

    Blocks() {}

    int create() {
        if (count == first.length) {
            first = Arrays.copyOf(first, count * 2);
            last = Arrays.copyOf(last, count * 2);
        }
        parameters.create(0);
        successors.create(2);
        predecessors.create(2);
        first[count] = Instructions.NONE;
        last[count] = Instructions.NONE;
        return count++;
    }

    /** How many there ever were: every block is smaller. */
    public int count() {
        return count;
    }

    /** How many there are in the order. */
    public int ordered() {
        return ordered;
    }

    /** The block at a place in the order; the entry is at 0. */
    public int inOrder(int index) {
        return order[index];
    }

    void appendToOrder(int block) {
        if (ordered == order.length) {
            order = Arrays.copyOf(order, ordered * 2);
        }
        order[ordered++] = block;
    }

    /** Sets the order: any blocks that it leaves out must be unreachable and unlinked. */
    public void setOrder(int[] blocks, int length) {
        order = Arrays.copyOf(blocks, Math.max(length, 1));
        ordered = length;
    }

    public int firstInstruction(int block) {
        return first[block];
    }

    /** The terminator, once the block is complete. */
    public int lastInstruction(int block) {
        return last[block];
    }

    void setFirst(int block, int instruction) {
        first[block] = instruction;
    }

    void setLast(int block, int instruction) {
        last[block] = instruction;
    }

    public int parameterCount(int block) {
        return parameters.size(block);
    }

    public int parameter(int block, int index) {
        return parameters.get(block, index);
    }

    void addParameter(int block, int value) {
        parameters.add(block, value);
    }

    void removeParameters(int block, boolean[] marked) {
        parameters.removeAll(block, marked);
    }

    /** How many edges leave it, in the order that the terminator gives a meaning to. */
    public int successorCount(int block) {
        return successors.size(block);
    }

    /** An edge that leaves it. */
    public int successor(int block, int index) {
        return successors.get(block, index);
    }

    void addSuccessor(int block, int edge) {
        successors.add(block, edge);
    }

    void clearSuccessors(int block) {
        successors.clear(block);
    }

    void removeSuccessor(int block, int edge) {
        successors.remove(block, edge);
    }

    /** How many edges lead to it. */
    public int predecessorCount(int block) {
        return predecessors.size(block);
    }

    /** An edge that leads to it; they are in no order. */
    public int predecessor(int block, int index) {
        return predecessors.get(block, index);
    }

    void addPredecessor(int block, int edge) {
        predecessors.add(block, edge);
    }

    /** Removes the edge at an index, whose place the last one takes. */
    void removePredecessorAt(int block, int index) {
        int last = predecessors.size(block) - 1;
        predecessors.set(block, index, predecessors.get(block, last));
        predecessors.removeAt(block, last);
    }
}

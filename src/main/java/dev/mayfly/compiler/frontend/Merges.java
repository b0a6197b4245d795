package dev.mayfly.compiler.frontend;

import java.util.Arrays;

/** A stack of block parameters for variables whose arguments are still to be found. */
final class Merges {

    private int[] block = new int[16];
    private int[] variable = new int[16];
    private int[] place = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a parameter by its place among the block's. */
    void add(int ofBlock, int ofVariable, int atPlace) {
        if (size == block.length) {
            block = Arrays.copyOf(block, size * 2);
            variable = Arrays.copyOf(variable, size * 2);
            place = Arrays.copyOf(place, size * 2);
        }
        block[size] = ofBlock;
        variable[size] = ofVariable;
        place[size++] = atPlace;
    }

    /** The block of the parameter on top. */
    int block() {
        return block[size - 1];
    }

    int variable() {
        return variable[size - 1];
    }

    int place() {
        return place[size - 1];
    }

    void remove() {
        size--;
    }
}

package dev.mayfly.compiler.frontend;

import java.util.Arrays;

/** The operand stack during translation: it holds the values that the real one would. */
final class Operands {

    private int[] values = new int[32];
    private int height;

    int height() {
        return height;
    }

    void push(int value) {
        if (height == values.length) {
            values = Arrays.copyOf(values, height * 2);
        }
        values[height++] = value;
    }

    int pop() {
        return values[--height];
    }

    /** The value below the topmost ones. */
    int peek(int above) {
        return values[height - 1 - above];
    }

    /** Takes the topmost values, the deepest of them first. */
    int[] pop(int count) {
        height -= count;
        return Arrays.copyOfRange(values, height, height + count);
    }

    /** The topmost values, which stay. */
    int[] top(int count) {
        return Arrays.copyOfRange(values, height - count, height);
    }

    void push(int[] pushed) {
        for (int value : pushed) {
            push(value);
        }
    }

    /** Drops everything above a height. */
    void truncate(int newHeight) {
        height = newHeight;
    }
}

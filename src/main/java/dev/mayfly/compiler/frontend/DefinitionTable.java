package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Values;
import java.util.Arrays;

/** Which value a variable has at the end of a block: a hash table with open addressing and numbers for keys. */
final class DefinitionTable {

    private static final long EMPTY = -1;

    private long[] keys = new long[64];
    private int[] values = new int[64];
    private int size;

    DefinitionTable() {
        Arrays.fill(keys, EMPTY);
    }

    /** The value; {@link Values#NONE} where none was put. */
    int get(int block, int variable) {
        int slot = slot(key(block, variable));
        return keys[slot] == EMPTY ? Values.NONE : values[slot];
    }

    void put(int block, int variable, int value) {
        long key = key(block, variable);
        int slot = slot(key);
        if (keys[slot] == EMPTY) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
        if (size > keys.length / 2) {
            grow();
        }
    }

    private static long key(int block, int variable) {
        return (long) block << 32 | variable;
    }

    /** Where the key is, or would be put. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & mask;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(keys, EMPTY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}

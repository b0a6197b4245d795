package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.binary.Locals;
import java.util.Arrays;

/**
 * The types of a function's parameters and local variables, by index. The first of them, which are nearly all that
 * functions have, are in an array. The others are searched for by group: seven bytes of binary can declare 50,000, and
 * writing them all down for each of a million functions would take seconds.
 */
final class LocalTypes {

    private static final int FIRST = 256;

    private final byte[] first = new byte[FIRST];
    private byte[] groupTypes = new byte[16];
    private int[] groupEnds = new int[16];
    private int groups;
    private int count;

    void set(byte[] parameters, Locals locals) {
        count = 0;
        groups = 0;
        for (byte parameter : parameters) {
            add(parameter, 1);
        }
        for (int group = 0; group < locals.groups(); group++) {
            add(Signature.code(locals.type(group)), locals.count(group));
        }
    }

    private void add(byte type, int more) {
        if (groups == groupEnds.length) {
            groupTypes = Arrays.copyOf(groupTypes, groups * 2);
            groupEnds = Arrays.copyOf(groupEnds, groups * 2);
        }
        if (count < FIRST) {
            Arrays.fill(first, count, Math.min(FIRST, count + more), type);
        }
        count += more;
        groupTypes[groups] = type;
        groupEnds[groups] = count;
        groups++;
    }

    byte get(int index, long offset) throws InvalidModuleException {
        if (index < 0 || index >= count) {
            throw new InvalidModuleException("unknown local " + Integer.toUnsignedString(index), offset);
        }
        return index < FIRST ? first[index] : groupTypes[groupOf(index)];
    }

    /** The first group that ends behind an index. */
    private int groupOf(int index) {
        int found = Arrays.binarySearch(groupEnds, 0, groups, index);
        return found >= 0 ? found + 1 : -found - 1;
    }
}

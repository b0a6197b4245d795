package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.binary.Locals;
import java.util.Arrays;

/** The types of a function's parameters and local variables, by index. */
final class LocalTypes {

    private byte[] types = new byte[256];
    private int count;

    void set(byte[] parameters, Locals locals) {
        count = parameters.length + locals.total();
        if (count > types.length) {
            types = new byte[Math.max(count, types.length * 2)];
        }
        System.arraycopy(parameters, 0, types, 0, parameters.length);
        int from = parameters.length;
        for (int group = 0; group < locals.groups(); group++) {
            int to = from + locals.count(group);
            Arrays.fill(types, from, to, Signature.code(locals.type(group)));
            from = to;
        }
    }

    byte get(int index, long offset) throws InvalidModuleException {
        if (index < 0 || index >= count) {
            throw new InvalidModuleException("unknown local " + Integer.toUnsignedString(index), offset);
        }
        return types[index];
    }
}

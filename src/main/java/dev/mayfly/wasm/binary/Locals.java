package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The local variables that a function declares, in groups of one type. */
public final class Locals {

    private static final long FORMAT_MAXIMUM = 0xFFFF_FFFFL;

    private final List<ValueType> types = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private int total;

    Locals() {}

    /** Reads the declarations at the start of a body, replacing those of the body before. */
    void read(BinaryReader in, int maximum) throws IOException, ModuleException {
        types.clear();
        counts.clear();
        long offset = in.offset();
        long sum = 0;
        for (long groups = Integer.toUnsignedLong(in.u32()); groups > 0; groups--) {
            int count = in.u32();
            ValueType type = TypeFormat.valueType(in);
            sum += Integer.toUnsignedLong(count);
            if (sum > FORMAT_MAXIMUM) {
                throw new MalformedModuleException("too many locals", offset);
            }
            if (count != 0 && sum <= maximum) {
                types.add(type);
                counts.add(count);
            }
        }
        // Only now: a sum that the format does not allow is an error of another kind.
        if (sum > maximum) {
            throw new ModuleLimitException("locals", maximum, sum, offset);
        }
        total = (int) sum;
    }

    /** How many variables there are in all groups. */
    public int total() {
        return total;
    }

    public int groups() {
        return counts.size();
    }

    /** How many variables a group has, at least one. */
    public int count(int group) {
        return counts.get(group);
    }

    public ValueType type(int group) {
        return types.get(group);
    }
}

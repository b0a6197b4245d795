package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function type as operand stacks compare it: a byte per value, the type's code in the binary format. The arrays are
 * shared and never written to.
 */
final class Signature {

    private static final byte[] NOTHING = {};
    private static final Map<ValueType, Signature> ONE_RESULT = new EnumMap<>(ValueType.class);

    static final Signature EMPTY = new Signature(NOTHING, NOTHING);

    static {
        for (ValueType type : ValueType.values()) {
            ONE_RESULT.put(type, new Signature(NOTHING, new byte[] {code(type)}));
        }
    }

    private final byte[] parameters;
    private final byte[] results;

    private Signature(byte[] parameters, byte[] results) {
        this.parameters = parameters;
        this.results = results;
    }

    static Signature of(FunctionType type) {
        return new Signature(codes(type.parameters()), codes(type.results()));
    }

    /** A block's that leaves one value, or none for null. */
    static Signature ofResult(@Nullable ValueType type) {
        return type == null ? EMPTY : ONE_RESULT.getOrDefault(type, EMPTY);
    }

    /** This function's type as the block that its body is: parameters are locals, not operands. */
    Signature body() {
        return new Signature(NOTHING, results);
    }

    byte[] parameters() {
        return parameters;
    }

    byte[] results() {
        return results;
    }

    static byte code(ValueType type) {
        return (byte) type.code();
    }

    /** A type's name for an error message. */
    static String name(byte code) {
        return Arrays.stream(ValueType.values())
                .filter(type -> code(type) == code)
                .map(ValueType::toString)
                .findFirst()
                .orElse("unknown");
    }

    private static byte[] codes(List<ValueType> types) {
        if (types.isEmpty()) {
            return NOTHING;
        }
        byte[] codes = new byte[types.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(types.get(i));
        }
        return codes;
    }
}

package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.ValueType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a block (core specification 2.0, section 5.4.1): no value, one result, or a function type.
 *
 * @param result the type of the one result, or null
 * @param typeIndex the index of the function type, or -1
 */
public record BlockType(@Nullable ValueType result, int typeIndex) {

    public static final BlockType EMPTY = new BlockType(null, -1);

    private static final int EMPTY_CODE = 0x40;
    private static final Map<ValueType, BlockType> RESULTS = new EnumMap<>(ValueType.class);

    static {
        for (ValueType type : ValueType.values()) {
            RESULTS.put(type, new BlockType(type, -1));
        }
    }

    static BlockType read(BinaryReader in) throws IOException, MalformedModuleException, UnsupportedModuleException {
        long offset = in.offset();
        // One 33-bit number covers all three: the codes of types are small negative numbers.
        long code = in.s33();
        if (code >= 0) {
            // No module has as many types as this cuts off.
            return new BlockType(null, (int) Math.min(code, Integer.MAX_VALUE));
        }
        boolean oneByte = in.offset() == offset + 1;
        int typeCode = (int) code & 0x7F;
        if (oneByte && typeCode == EMPTY_CODE) {
            return EMPTY;
        }
        ValueType type = oneByte ? TypeFormat.valueTypeOf(typeCode) : null;
        if (type == null) {
            LaterProposals.refuseType(oneByte ? typeCode : 0, offset);
            throw new MalformedModuleException("malformed block type", offset);
        }
        return RESULTS.getOrDefault(type, EMPTY);
    }
}

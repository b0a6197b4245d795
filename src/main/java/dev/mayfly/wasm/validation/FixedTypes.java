package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.binary.Opcode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The types of the instructions that always have the same one. */
final class FixedTypes {

    private static final Map<Opcode, Signature> BY_OPCODE = new EnumMap<>(Opcode.class);

    static {
        for (Opcode opcode : Opcode.values()) {
            FunctionType type = opcode.type();
            if (type != null) {
                BY_OPCODE.put(opcode, Signature.of(type));
            }
        }
    }

    private FixedTypes() {}

    /** The type of an instruction for which {@link Opcode#type} is not null. */
    static Signature of(Opcode opcode) {
        return Objects.requireNonNull(BY_OPCODE.get(opcode));
    }
}

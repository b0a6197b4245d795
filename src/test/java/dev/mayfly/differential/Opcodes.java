package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Family;
import dev.mayfly.wasm.binary.Immediate;
import dev.mayfly.wasm.binary.Opcode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The instructions without vectors, by what they make or take. */
final class Opcodes {

    /** What computes a number from numbers. */
    static final Map<ValueType, List<Opcode>> OPERATIONS =
            byResult(opcode -> opcode.family() == Family.NUMERIC && opcode.immediate() == Immediate.NONE);

    static final Map<ValueType, List<Opcode>> LOADS =
            byResult(opcode -> isAccess(opcode) && !type(opcode).results().isEmpty());

    static final List<Opcode> STORES = Arrays.stream(Opcode.values())
            .filter(opcode -> isAccess(opcode)
                    && type(opcode).results().isEmpty()
                    && type(opcode).parameters().get(1) != ValueType.V128)
            .toList();

    /** What traps if the second operand is zero, or for a signed division if the result is too large. */
    static final Set<Opcode> DIVISIONS = EnumSet.of(
            Opcode.I32_DIV_S,
            Opcode.I32_DIV_U,
            Opcode.I32_REM_S,
            Opcode.I32_REM_U,
            Opcode.I64_DIV_S,
            Opcode.I64_DIV_U,
            Opcode.I64_REM_S,
            Opcode.I64_REM_U);

    /** What traps if the float is none, or too large. */
    static final Set<Opcode> TRUNCATIONS = EnumSet.of(
            Opcode.I32_TRUNC_F32_S,
            Opcode.I32_TRUNC_F32_U,
            Opcode.I32_TRUNC_F64_S,
            Opcode.I32_TRUNC_F64_U,
            Opcode.I64_TRUNC_F32_S,
            Opcode.I64_TRUNC_F32_U,
            Opcode.I64_TRUNC_F64_S,
            Opcode.I64_TRUNC_F64_U);

    /** What shows the bits of its last operand, of which those of a float that is no number may differ. */
    static final Set<Opcode> REVEALING = EnumSet.of(
            Opcode.I32_REINTERPRET_F32, Opcode.I64_REINTERPRET_F64, Opcode.F32_COPYSIGN, Opcode.F64_COPYSIGN);

    private Opcodes() {}

    static FunctionType type(Opcode opcode) {
        return Objects.requireNonNull(opcode.type());
    }

    private static boolean isAccess(Opcode opcode) {
        return opcode.family() == Family.MEMORY && opcode.immediate() == Immediate.MEMORY_ARGUMENT;
    }

    private static Map<ValueType, List<Opcode>> byResult(Predicate<Opcode> wanted) {
        return Arrays.stream(Opcode.values())
                .filter(wanted)
                .collect(Collectors.groupingBy(opcode -> type(opcode).results().getFirst()));
    }
}

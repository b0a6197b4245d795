package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.TrapKind;
import io.github.kawamuray.wasmtime.Trap;

/** Our names for Wasmtime's traps. */
final class TrapKinds {

    private TrapKinds() {}

    static TrapKind of(Trap trap) {
        return switch (trap) {
            case UNREACHABLE_CODE_REACHED -> TrapKind.UNREACHABLE;
            case MEMORY_OUT_OF_BOUNDS, HEAP_MISALIGNED -> TrapKind.MEMORY_OUT_OF_BOUNDS;
            case TABLE_OUT_OF_BOUNDS -> TrapKind.TABLE_OUT_OF_BOUNDS;
            case INDIRECT_CALL_TO_NULL -> TrapKind.INDIRECT_CALL_TO_NULL;
            case BAD_SIGNATURE -> TrapKind.INDIRECT_CALL_TYPE_MISMATCH;
            case INTEGER_DIVISION_BY_ZERO -> TrapKind.INTEGER_DIVIDE_BY_ZERO;
            case INTEGER_OVERFLOW -> TrapKind.INTEGER_OVERFLOW;
            case BAD_CONVERSION_TO_INTEGER -> TrapKind.INVALID_CONVERSION_TO_INTEGER;
            case STACK_OVERFLOW -> TrapKind.STACK_OVERFLOW;
            case INTERRUPT, UNKNOWN, ALWAYS_TRAP_ADAPTER, OUF_OF_FUEL -> TrapKind.UNKNOWN;
        };
    }
}

package dev.mayfly.sandbox;

/** Why a guest trapped (core specification 2.0, section 4.4). */
public enum TrapKind {
    UNREACHABLE("unreachable"),
    MEMORY_OUT_OF_BOUNDS("memory-out-of-bounds"),
    TABLE_OUT_OF_BOUNDS("table-out-of-bounds"),
    INDIRECT_CALL_TO_NULL("indirect-call-to-null"),
    INDIRECT_CALL_TYPE_MISMATCH("indirect-call-type-mismatch"),
    INTEGER_DIVIDE_BY_ZERO("integer-divide-by-zero"),
    INTEGER_OVERFLOW("integer-overflow"),
    INVALID_CONVERSION_TO_INTEGER("invalid-conversion-to-integer"),
    STACK_OVERFLOW("stack-overflow"),
    /** The engine did not say. */
    UNKNOWN("unknown");

    private final String id;

    TrapKind(String id) {
        this.id = id;
    }

    /** The stable name that users see. */
    public String id() {
        return id;
    }
}

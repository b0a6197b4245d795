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
    /** A signed division, by zero or with a result that is too large: the engine cannot tell which. */
    INTEGER_DIVISION("integer-division"),
    /** A float that is no number or too large for an integer: the engine cannot tell which. */
    CONVERSION_TO_INTEGER("conversion-to-integer"),
    /** A call through a table, out of its bounds, to null, or of another type: the engine cannot tell which. */
    INDIRECT_CALL("indirect-call"),
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

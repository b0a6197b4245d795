package dev.mayfly.abi;

/** Why compiled code gave up (core specification 2.0, section 4.4). The ordinal is the code in a guest's register. */
public enum TrapCode {
    UNREACHABLE,
    MEMORY_OUT_OF_BOUNDS,
    TABLE_OUT_OF_BOUNDS,
    INDIRECT_CALL_TO_NULL,
    INDIRECT_CALL_TYPE_MISMATCH,
    INTEGER_DIVIDE_BY_ZERO,
    INTEGER_OVERFLOW,
    INVALID_CONVERSION_TO_INTEGER,
    STACK_OVERFLOW
}

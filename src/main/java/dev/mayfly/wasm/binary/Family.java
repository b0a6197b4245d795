package dev.mayfly.wasm.binary;

/** The kinds of instructions (core specification 2.0, section 2.4). Vector loads and stores are memory instructions. */
public enum Family {
    CONTROL,
    PARAMETRIC,
    VARIABLE,
    TABLE,
    MEMORY,
    NUMERIC,
    REFERENCE,
    VECTOR
}

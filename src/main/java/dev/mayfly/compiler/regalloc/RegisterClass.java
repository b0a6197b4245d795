package dev.mayfly.compiler.regalloc;

/** What a virtual register holds decides which physical registers can hold it. */
public enum RegisterClass {
    GENERAL,
    FLOAT
}

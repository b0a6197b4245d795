package dev.mayfly.compiler.ssa;

/** What an instruction does besides computing its results, as bits: what passes may do with it follows from them. */
final class Effect {

    static final int NONE = 0;

    /** The result depends on memory, globals or tables: only the same between two instructions that write none. */
    static final int READS = 1;

    /** Changes memory, globals or tables. */
    static final int WRITES = 1 << 1;

    /** May end the invocation, so it must be carried out even where nobody uses its result. */
    static final int TRAPS = 1 << 2;

    /** Other code runs: anything but this function's values may be different afterwards. */
    static final int CALLS = 1 << 3;

    /** Ends its block. */
    static final int TERMINATES = 1 << 4;

    /**
     * Has a meaning only where a {@link Opcode#TRAP_IF} before it let control pass: it may be left out, or take an equal
     * and dominating instruction's place, but not move up.
     */
    static final int GUARDED = 1 << 5;

    private Effect() {}
}

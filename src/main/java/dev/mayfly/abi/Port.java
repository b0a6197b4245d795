package dev.mayfly.abi;

/**
 * How a guest leaves: {@code out imm8, eax} to one of these ports. What the instruction writes does not matter unless
 * it says so here.
 */
public final class Port {

    /** The entry function returned; its results are in the frame. */
    public static final int EXIT = 0x10;

    /** Calls an import: the import's index is in {@code eax}, its arguments are in the frame. */
    public static final int IMPORT = 0x11;

    /** Grows linear memory by as many pages as the context's argument says; answers its old size in pages, or -1. */
    public static final int MEMORY_GROW = 0x12;

    /** A trap: its {@link TrapCode} is in {@code eax}. Does not return. */
    public static final int TRAP = 0x20;

    private Port() {}
}

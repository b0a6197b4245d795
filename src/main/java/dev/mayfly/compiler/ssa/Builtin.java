package dev.mayfly.compiler.ssa;

/**
 * What compiled code leaves to a routine of the runtime: {@link Opcode#BUILTIN} calls one. Numbers of tables and segments
 * are constant {@code i32} arguments and come first; the rest are the operands of the WebAssembly instruction, in order.
 * Each routine checks its bounds before it changes anything and traps with what the specification says (core
 * specification 2.0, section 4.4).
 */
public enum Builtin {
    /** {@code pages} to grow by; answers the old size in pages, or -1. */
    MEMORY_GROW("memory_grow", "4>4"),
    /** {@code destination, source, length}. */
    MEMORY_COPY("memory_copy", "444>"),
    /** {@code destination, byte, length}. */
    MEMORY_FILL("memory_fill", "444>"),
    /** {@code data segment; destination, source, length}. */
    MEMORY_INIT("memory_init", "4444>"),
    /** {@code data segment}. */
    DATA_DROP("data_drop", "4>"),
    /** {@code table; initial element, elements to grow by}; answers the old size, or -1. */
    TABLE_GROW("table_grow", "484>4"),
    /** {@code table; start, element, length}. */
    TABLE_FILL("table_fill", "4484>"),
    /** {@code destination table, source table; destination, source, length}. */
    TABLE_COPY("table_copy", "44444>"),
    /** {@code table, element segment; destination, source, length}. */
    TABLE_INIT("table_init", "44444>"),
    /** {@code element segment}. */
    ELEMENT_DROP("element_drop", "4>");

    private static final Builtin[] ALL = values();

    private final String text;
    private final String pattern;

    Builtin(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static Builtin of(int ordinal) {
        return ALL[ordinal];
    }

    /** The types of the arguments, a {@code >}, the type of the result if there is one; letters as in {@link Opcode}. */
    String pattern() {
        return pattern;
    }

    /** Whether it has a result, which is an {@code i32}. */
    public boolean answers() {
        return pattern.endsWith(">4");
    }

    @Override
    public String toString() {
        return text;
    }
}

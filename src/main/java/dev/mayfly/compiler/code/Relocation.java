package dev.mayfly.compiler.code;

/**
 * Four bytes of code that depend on where something is: they get the address of that, plus the addend, minus the address
 * of the byte behind the four. Everything that code refers to lies within reach of such a displacement.
 *
 * @param offset of the four bytes from the start of the function's code
 * @param index which one of the kind
 */
public record Relocation(int offset, Kind kind, int index, int addend) {

    /** What the code refers to. */
    public enum Kind {
        /** The code of a function, or the stub of an imported one; the index is the function's. */
        FUNCTION,
        /** The descriptor of a function, which references to it point to. */
        FUNCTION_DESCRIPTOR,
        /** A routine of the runtime; the index is the ordinal of its {@code Builtin}. */
        BUILTIN,
        /** The context; the index is not used, the addend is the offset within. */
        CONTEXT,
        /** A global variable. */
        GLOBAL,
        /** The current number of elements of a table, 32 bits. */
        TABLE_SIZE,
        /** The first element of a table. */
        TABLE_ELEMENTS,
        /** What describes the tables, see {@link dev.mayfly.abi.TableDescriptor}; the index is not used. */
        TABLES,
        /** What describes the data segments, see {@link dev.mayfly.abi.SegmentDescriptor}; the index is not used. */
        DATA_SEGMENTS,
        /** What describes the element segments; the index is not used. */
        ELEMENT_SEGMENTS
    }
}

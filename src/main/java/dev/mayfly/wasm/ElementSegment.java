package dev.mayfly.wasm;

/**
 * References to fill a table with (core specification 2.0, section 2.5.7). The references stay in the binary: this says
 * where.
 *
 * @param count how many references it has
 * @param encoding how they are written in the binary
 * @param offset where the first one stands, in bytes from the start of the binary
 * @param size of all of them, in bytes
 */
public record ElementSegment(SegmentMode mode, ValueType type, int count, Encoding encoding, long offset, long size) {

    /** How a reference is written. */
    public enum Encoding {
        /** As a function's index, an unsigned LEB128 number. */
        FUNCTION_INDEX,
        /** As a constant expression. */
        EXPRESSION
    }
}

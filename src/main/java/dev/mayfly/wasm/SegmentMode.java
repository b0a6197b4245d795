package dev.mayfly.wasm;

/** When an element or data segment is used (core specification 2.0, sections 2.5.7 and 2.5.8). */
public sealed interface SegmentMode {

    /**
     * Copied during instantiation.
     *
     * @param index of the table or memory that it is copied to
     * @param offset where to, an i32
     */
    record Active(int index, ConstantExpression offset) implements SegmentMode {}

    /** Copied by instructions. */
    record Passive() implements SegmentMode {}

    /** Only declares that references to its functions are taken; elements only. */
    record Declarative() implements SegmentMode {}
}

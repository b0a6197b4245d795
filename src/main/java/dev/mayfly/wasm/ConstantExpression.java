package dev.mayfly.wasm;

/**
 * What initialises a global, or says where an active segment goes (core specification 2.0, section 3.3.10). A valid
 * constant expression of version 2.0 is always one instruction. Floats are kept as bits, since a NaN's payload counts.
 */
public sealed interface ConstantExpression {

    record I32(int value) implements ConstantExpression {}

    record I64(long value) implements ConstantExpression {}

    record F32(int bits) implements ConstantExpression {}

    record F64(long bits) implements ConstantExpression {}

    /** A vector: bytes 0 to 7 in {@code low}, little-endian, 8 to 15 in {@code high}. */
    record V128(long low, long high) implements ConstantExpression {}

    /** The null reference of a type. */
    record NullReference(ValueType type) implements ConstantExpression {}

    /** A reference to a function, by its index, imported ones first. */
    record FunctionReference(int function) implements ConstantExpression {}

    /** The value of an imported, immutable global, by its index. */
    record GlobalValue(int global) implements ConstantExpression {}
}

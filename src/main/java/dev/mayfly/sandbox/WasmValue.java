package dev.mayfly.sandbox;

import dev.mayfly.wasm.ValueType;

/** A value of one of the numeric types, as an exported function takes and returns them. */
public sealed interface WasmValue {

    record I32(int value) implements WasmValue {}

    record I64(long value) implements WasmValue {}

    record F32(float value) implements WasmValue {}

    record F64(double value) implements WasmValue {}

    default ValueType type() {
        return switch (this) {
            case I32 _ -> ValueType.I32;
            case I64 _ -> ValueType.I64;
            case F32 _ -> ValueType.F32;
            case F64 _ -> ValueType.F64;
        };
    }

    /** The value's 64 bits; the upper half of those that have 32 is zero. */
    default long bits() {
        return switch (this) {
            case I32 i32 -> Integer.toUnsignedLong(i32.value());
            case I64 i64 -> i64.value();
            case F32 f32 -> Integer.toUnsignedLong(Float.floatToRawIntBits(f32.value()));
            case F64 f64 -> Double.doubleToRawLongBits(f64.value());
        };
    }

    /**
     * The value of some bits; of a type that has 32, the upper half does not matter.
     *
     * @throws IllegalArgumentException if the type is not numeric
     */
    static WasmValue ofBits(ValueType type, long bits) {
        return switch (type) {
            case I32 -> new I32((int) bits);
            case I64 -> new I64(bits);
            case F32 -> new F32(Float.intBitsToFloat((int) bits));
            case F64 -> new F64(Double.longBitsToDouble(bits));
            case V128, FUNCREF, EXTERNREF -> throw new IllegalArgumentException("not a numeric type: " + type);
        };
    }
}

package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasm.ValueType;

/** Values as the 64 bits that they are passed in; those of 32 bits leave the upper half zero. */
final class Values {

    private Values() {}

    static long toBits(WasmValue value) {
        return switch (value) {
            case WasmValue.I32 i32 -> Integer.toUnsignedLong(i32.value());
            case WasmValue.I64 i64 -> i64.value();
            case WasmValue.F32 f32 -> Integer.toUnsignedLong(Float.floatToRawIntBits(f32.value()));
            case WasmValue.F64 f64 -> Double.doubleToRawLongBits(f64.value());
        };
    }

    static WasmValue fromBits(ValueType type, long bits) {
        return switch (type) {
            case I32 -> new WasmValue.I32((int) bits);
            case I64 -> new WasmValue.I64(bits);
            case F32 -> new WasmValue.F32(Float.intBitsToFloat((int) bits));
            case F64 -> new WasmValue.F64(Double.longBitsToDouble(bits));
            case V128, FUNCREF, EXTERNREF -> throw new IllegalArgumentException("not a numeric type: " + type);
        };
    }

    static ValueType typeOf(WasmValue value) {
        return switch (value) {
            case WasmValue.I32 i32 -> ValueType.I32;
            case WasmValue.I64 i64 -> ValueType.I64;
            case WasmValue.F32 f32 -> ValueType.F32;
            case WasmValue.F64 f64 -> ValueType.F64;
        };
    }
}

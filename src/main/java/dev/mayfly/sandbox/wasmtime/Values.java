package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.WasmValue;
import io.github.kawamuray.wasmtime.Val;
import java.util.Arrays;
import java.util.List;

/** Converts values between the port and the binding. */
final class Values {

    private Values() {}

    static Val[] toWasmtime(List<WasmValue> values) {
        return values.stream().map(Values::toWasmtime).toArray(Val[]::new);
    }

    static List<WasmValue> fromWasmtime(Val[] values) {
        return Arrays.stream(values).map(Values::fromWasmtime).toList();
    }

    private static Val toWasmtime(WasmValue value) {
        return switch (value) {
            case WasmValue.I32 i32 -> Val.fromI32(i32.value());
            case WasmValue.I64 i64 -> Val.fromI64(i64.value());
            case WasmValue.F32 f32 -> Val.fromF32(f32.value());
            case WasmValue.F64 f64 -> Val.fromF64(f64.value());
        };
    }

    private static WasmValue fromWasmtime(Val value) {
        return switch (value.getType()) {
            case I32 -> new WasmValue.I32(value.i32());
            case I64 -> new WasmValue.I64(value.i64());
            case F32 -> new WasmValue.F32(value.f32());
            case F64 -> new WasmValue.F64(value.f64());
            case EXTERN_REF, FUNC_REF, V128 ->
                throw new IllegalArgumentException("not a numeric value: " + value.getType());
        };
    }
}

package dev.mayfly.sandbox;

/** A value of one of the numeric types, as an exported function takes and returns them. */
public sealed interface WasmValue {

    record I32(int value) implements WasmValue {}

    record I64(long value) implements WasmValue {}

    record F32(float value) implements WasmValue {}

    record F64(double value) implements WasmValue {}
}

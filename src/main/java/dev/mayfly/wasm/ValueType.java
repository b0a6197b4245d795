package dev.mayfly.wasm;

/** A value type (core specification 2.0, section 2.3.4), with its code in the binary format (5.3.4). */
public enum ValueType {
    I32(0x7F, "i32"),
    I64(0x7E, "i64"),
    F32(0x7D, "f32"),
    F64(0x7C, "f64"),
    V128(0x7B, "v128"),
    FUNCREF(0x70, "funcref"),
    EXTERNREF(0x6F, "externref");

    private final int code;
    private final String text;

    ValueType(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The byte that stands for this type in a binary. */
    public int code() {
        return code;
    }

    public boolean isReference() {
        return this == FUNCREF || this == EXTERNREF;
    }

    public boolean isNumeric() {
        return !isReference() && this != V128;
    }

    /** The type's name in the text format. */
    @Override
    public String toString() {
        return text;
    }
}

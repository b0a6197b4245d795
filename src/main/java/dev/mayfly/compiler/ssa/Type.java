package dev.mayfly.compiler.ssa;

/**
 * What a value is. References are {@link #I64}: a function reference is the guest address of a function's descriptor, an
 * external reference is a number that only the host can read, and zero is null for both.
 */
public enum Type {
    I32("i32", 4, false),
    I64("i64", 8, false),
    F32("f32", 4, true),
    F64("f64", 8, true);

    private static final Type[] ALL = values();

    private final String text;
    private final int bytes;
    private final boolean floating;

    Type(String text, int bytes, boolean floating) {
        this.text = text;
        this.bytes = bytes;
        this.floating = floating;
    }

    /** The inverse of {@link #ordinal()}, without a copy of all of them. */
    static Type of(int ordinal) {
        return ALL[ordinal];
    }

    public int bytes() {
        return bytes;
    }

    public int bits() {
        return bytes * 8;
    }

    public boolean isFloat() {
        return floating;
    }

    public boolean isInteger() {
        return !floating;
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.mayfly.compiler.ssa;

/** How constants are kept: one 64-bit form for each, so that equal constants have equal immediates. */
public final class Constants {

    private Constants() {}

    /** An i32 is sign-extended, an f32's upper half is zero. */
    public static long canonical(Type type, long bits) {
        return switch (type) {
            case I32 -> (int) bits;
            case F32 -> bits & 0xFFFF_FFFFL;
            case I64, F64 -> bits;
        };
    }

    /** As text: integers in decimal, floats as Java writes them but for NaNs, whose bits are given. */
    static String text(Type type, long bits) {
        return switch (type) {
            case I32, I64 -> Long.toString(bits);
            case F32 -> text(Float.intBitsToFloat((int) bits), bits);
            case F64 -> text(Double.longBitsToDouble(bits), bits);
        };
    }

    private static String text(float number, long bits) {
        return Float.isNaN(number) ? "nan:" + Long.toHexString(bits) : Float.toString(number);
    }

    private static String text(double number, long bits) {
        return Double.isNaN(number) ? "nan:" + Long.toHexString(bits) : Double.toString(number);
    }

    /** The inverse of {@link #text}. */
    static long bits(Type type, String text) {
        if (text.startsWith("nan:")) {
            return Long.parseUnsignedLong(text.substring(4), 16);
        }
        return switch (type) {
            case I32, I64 -> canonical(type, Long.parseLong(text));
            case F32 -> canonical(type, Float.floatToRawIntBits(Float.parseFloat(text)));
            case F64 -> Double.doubleToRawLongBits(Double.parseDouble(text));
        };
    }
}

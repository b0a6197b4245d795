package dev.mayfly.compiler.ssa;

/**
 * How {@link Opcode#FCMP} compares two floating-point numbers of one type. With a NaN on either side only {@link #NE}
 * holds, so no condition is the negation of an ordering.
 */
public enum FloatCondition {
    EQ("eq"),
    NE("ne"),
    LT("lt"),
    GT("gt"),
    LE("le"),
    GE("ge");

    private static final FloatCondition[] ALL = values();

    private final String text;

    FloatCondition(String text) {
        this.text = text;
    }

    static FloatCondition of(int ordinal) {
        return ALL[ordinal];
    }

    /** Whether it holds; 32-bit numbers may be widened, which changes no order. */
    public boolean holds(double left, double right) {
        return switch (this) {
            case EQ -> left == right;
            case NE -> left != right;
            case LT -> left < right;
            case GT -> left > right;
            case LE -> left <= right;
            case GE -> left >= right;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}

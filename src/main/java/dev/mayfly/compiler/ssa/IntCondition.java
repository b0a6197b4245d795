package dev.mayfly.compiler.ssa;

/** How {@link Opcode#ICMP} compares two integers of one type. */
public enum IntCondition {
    EQ("eq"),
    NE("ne"),
    LT_S("lt_s"),
    LT_U("lt_u"),
    GT_S("gt_s"),
    GT_U("gt_u"),
    LE_S("le_s"),
    LE_U("le_u"),
    GE_S("ge_s"),
    GE_U("ge_u");

    private static final IntCondition[] ALL = values();

    private final String text;

    IntCondition(String text) {
        this.text = text;
    }

    static IntCondition of(int ordinal) {
        return ALL[ordinal];
    }

    /** The condition that holds exactly where this one does not. */
    public IntCondition negated() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case LT_S -> GE_S;
            case LT_U -> GE_U;
            case GT_S -> LE_S;
            case GT_U -> LE_U;
            case LE_S -> GT_S;
            case LE_U -> GT_U;
            case GE_S -> LT_S;
            case GE_U -> LT_U;
        };
    }

    /** The condition that says the same of the operands in the other order. */
    public IntCondition swapped() {
        return switch (this) {
            case EQ -> EQ;
            case NE -> NE;
            case LT_S -> GT_S;
            case LT_U -> GT_U;
            case GT_S -> LT_S;
            case GT_U -> LT_U;
            case LE_S -> GE_S;
            case LE_U -> GE_U;
            case GE_S -> LE_S;
            case GE_U -> LE_U;
        };
    }

    /** Whether it holds of two 64-bit numbers; 32-bit numbers must have been sign-extended. */
    public boolean holds(long left, long right) {
        return switch (this) {
            case EQ -> left == right;
            case NE -> left != right;
            case LT_S -> left < right;
            case LT_U -> Long.compareUnsigned(left, right) < 0;
            case GT_S -> left > right;
            case GT_U -> Long.compareUnsigned(left, right) > 0;
            case LE_S -> left <= right;
            case LE_U -> Long.compareUnsigned(left, right) <= 0;
            case GE_S -> left >= right;
            case GE_U -> Long.compareUnsigned(left, right) >= 0;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}

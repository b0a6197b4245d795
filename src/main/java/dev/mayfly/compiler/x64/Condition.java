package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.ssa.IntCondition;
import java.util.Locale;

/** What a conditional instruction asks of the flags, in the order of the encoding. */
enum Condition {
    O,
    NO,
    B,
    AE,
    E,
    NE,
    BE,
    A,
    S,
    NS,
    P,
    NP,
    L,
    GE,
    LE,
    G;

    private static final Condition[] ALL = values();

    /** The condition that holds exactly when this one does not. */
    Condition negated() {
        return ALL[ordinal() ^ 1];
    }

    static Condition of(IntCondition condition) {
        return switch (condition) {
            case EQ -> E;
            case NE -> NE;
            case LT_S -> L;
            case LT_U -> B;
            case GT_S -> G;
            case GT_U -> A;
            case LE_S -> LE;
            case LE_U -> BE;
            case GE_S -> GE;
            case GE_U -> AE;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

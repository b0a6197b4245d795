package dev.mayfly.compiler.x64;

/**
 * How to tell from the flags whether a comparison holds. The equality of floats takes two conditions, since for a NaN the
 * flags say both equal and unordered.
 */
record Flags(Condition condition, Parity parity) {

    enum Parity {
        /** Does not matter. */
        ANY,
        /** The condition must hold and the operands be ordered. */
        AND_ORDERED,
        /** The condition holds or the operands are not ordered. */
        OR_UNORDERED
    }

    static Flags of(Condition condition) {
        return new Flags(condition, Parity.ANY);
    }

    /** Holds exactly when this does not. */
    Flags negated() {
        Parity negated =
                switch (parity) {
                    case ANY -> Parity.ANY;
                    case AND_ORDERED -> Parity.OR_UNORDERED;
                    case OR_UNORDERED -> Parity.AND_ORDERED;
                };
        return new Flags(condition.negated(), negated);
    }

    /** Goes to one of two labels, either of which may come next. */
    void branch(Assembler assembler, int then, int otherwise, boolean thenIsNext, boolean otherwiseIsNext) {
        switch (parity) {
            case ANY -> {}
            case AND_ORDERED -> assembler.jump(Condition.P, otherwise);
            case OR_UNORDERED -> assembler.jump(Condition.P, then);
        }
        if (thenIsNext) {
            assembler.jump(condition.negated(), otherwise);
            return;
        }
        assembler.jump(condition, then);
        if (!otherwiseIsNext) {
            assembler.jump(otherwise);
        }
    }

    @Override
    public String toString() {
        return switch (parity) {
            case ANY -> condition.toString();
            case AND_ORDERED -> condition + "&np";
            case OR_UNORDERED -> condition + "|p";
        };
    }
}

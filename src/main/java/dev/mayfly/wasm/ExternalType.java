package dev.mayfly.wasm;

/** The type of something that a module imports or exports (core specification 2.0, section 2.3.11). */
public sealed interface ExternalType {

    /** A function. */
    record Function(FunctionType type) implements ExternalType {
        @Override
        public String toString() {
            return "func " + type;
        }
    }

    /** A table of references. */
    record Table(ValueType elementType, Limits limits) implements ExternalType {
        @Override
        public String toString() {
            return "table " + limitsText(limits) + " " + elementType;
        }
    }

    /** A linear memory; its limits count pages of 64 KiB. */
    record Memory(Limits limits) implements ExternalType {
        @Override
        public String toString() {
            return "memory " + limitsText(limits);
        }
    }

    /** A global variable. */
    record Global(ValueType valueType, boolean mutable) implements ExternalType {
        @Override
        public String toString() {
            return "global " + (mutable ? "mut " : "") + valueType;
        }
    }

    private static String limitsText(Limits limits) {
        return limits.minimum()
                + (limits.maximum().isPresent() ? ".." + limits.maximum().getAsLong() : "..");
    }
}

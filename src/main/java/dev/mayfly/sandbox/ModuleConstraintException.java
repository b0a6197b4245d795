package dev.mayfly.sandbox;

import java.util.Optional;
import java.util.OptionalLong;

/** A valid module that this runtime does not run. The message is written for the module's author. */
public final class ModuleConstraintException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** It imports something that the runtime does not have, or under another type. */
        UNKNOWN_IMPORT,
        /** What should be called is missing or of the wrong type. */
        NO_ENTRY_POINT,
        /** It is larger in some respect than it may be. */
        LIMIT
    }

    private final Kind kind;
    private final transient Optional<String> limit;
    private final transient OptionalLong offset;

    private ModuleConstraintException(Kind kind, Optional<String> limit, OptionalLong offset, String message) {
        super(message);
        this.kind = kind;
        this.limit = limit;
        this.offset = offset;
    }

    static ModuleConstraintException unknownImport(long offset, String message) {
        return new ModuleConstraintException(Kind.UNKNOWN_IMPORT, Optional.empty(), OptionalLong.of(offset), message);
    }

    static ModuleConstraintException noEntryPoint(String message) {
        return new ModuleConstraintException(Kind.NO_ENTRY_POINT, Optional.empty(), OptionalLong.empty(), message);
    }

    static ModuleConstraintException limit(String name, long maximum, long actual, String unit) {
        return new ModuleConstraintException(
                Kind.LIMIT,
                Optional.of(name),
                OptionalLong.empty(),
                "limit " + name + " exceeded: " + actual + ' ' + unit + ", at most " + maximum + " are allowed");
    }

    public Kind kind() {
        return kind;
    }

    /** The name of the limit, if it is one. */
    public Optional<String> limit() {
        return limit;
    }

    /** Where in the binary the trouble is, in bytes from its start, if it is in one place. */
    public OptionalLong offset() {
        return offset;
    }
}

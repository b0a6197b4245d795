package dev.mayfly.functions;

import java.util.List;

/** A configuration breaks rules. */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with one field.
     *
     * @param field its path, for example {@code limits.memoryMiB}
     * @param message what it must be
     */
    public record Violation(String field, String message) {}

    private final transient List<Violation> violations;

    public InvalidConfigurationException(List<Violation> violations) {
        super("The configuration breaks " + violations.size() + (violations.size() == 1 ? " rule." : " rules."));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}

package dev.mayfly.functions;

import dev.mayfly.problems.ProblemType;
import java.util.Map;

/** An uploaded module cannot be published. The message is for the module's author. */
public final class ModuleRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType problem;
    private final transient Map<String, Object> properties;

    /**
     * A refusal.
     *
     * @param problem what kind of trouble it is
     * @param properties further facts for programs, such as {@code offset}
     */
    ModuleRefusedException(ProblemType problem, String message, Map<String, Object> properties, Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.properties = Map.copyOf(properties);
    }

    public ProblemType problem() {
        return problem;
    }

    /** Further facts for programs, such as the byte {@code offset}. */
    public Map<String, Object> properties() {
        return properties;
    }
}

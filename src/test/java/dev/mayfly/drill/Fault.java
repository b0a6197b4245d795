package dev.mayfly.drill;

import java.io.IOException;
import java.util.Optional;

/** Something that breaks, and what it may do to requests. */
interface Fault {

    String name();

    /** Why it cannot be done here, if so. */
    default Optional<String> impossible(Cluster cluster) {
        return Optional.empty();
    }

    /** Breaks it, lets it be broken for a time, and repairs it. */
    Strike strike(Cluster cluster) throws IOException;

    /** Whether a synchronous invocation may have failed like that because of this fault. Nothing else may have failed. */
    boolean explains(Fate failure, Strike strike);

    /** How many synchronous invocations may have failed, at most. */
    default long most(ClusterPlan plan) {
        return Long.MAX_VALUE;
    }

    /** Which of them may, for the report. */
    String allowed();
}

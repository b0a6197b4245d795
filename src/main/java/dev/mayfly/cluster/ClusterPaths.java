package dev.mayfly.cluster;

import java.util.UUID;

/** The paths that a worker serves, beside those of {@link Content}s. */
public final class ClusterPaths {

    /** What all of them begin with. */
    public static final String ROOT = "/internal/v1/";

    /** {@code POST} an {@link ExecutionOrder} and its input; the answer is a stream of {@link Frame}s. */
    public static final String EXECUTIONS = ROOT + "executions";

    /** {@code GET} a {@link WorkerStatus}. */
    public static final String STATUS = ROOT + "status";

    private ClusterPaths() {}

    /** {@code DELETE} cancels the execution. */
    public static String execution(UUID id) {
        return EXECUTIONS + "/" + id;
    }

    /** {@code POST} the input that did not go with the order. */
    public static String input(UUID id) {
        return execution(id) + "/input";
    }
}

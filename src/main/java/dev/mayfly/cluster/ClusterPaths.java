package dev.mayfly.cluster;

import dev.mayfly.artifacts.ModuleDigest;
import java.util.UUID;

/** The paths that a worker serves. */
public final class ClusterPaths {

    /** What all of them begin with. */
    public static final String ROOT = "/internal/v1/";

    /** {@code POST} an {@link ExecutionOrder} and its input; the answer is a stream of {@link Frame}s. */
    public static final String EXECUTIONS = ROOT + "executions";

    /** {@code GET} a {@link WorkerStatus}. */
    public static final String STATUS = ROOT + "status";

    /** What the path of a module begins with; its digest's hexadecimal digits follow. */
    public static final String MODULES = ROOT + "modules/";

    private ClusterPaths() {}

    /** {@code DELETE} cancels the execution. */
    public static String execution(UUID id) {
        return EXECUTIONS + "/" + id;
    }

    /** {@code POST} the input that did not go with the order. */
    public static String input(UUID id) {
        return execution(id) + "/input";
    }

    /** {@code PUT} the module. */
    public static String module(ModuleDigest digest) {
        return MODULES + digest.hex();
    }
}

package dev.mayfly.drill;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a cluster consists of.
 *
 * @param directory for its data and logs; is made
 * @param controlPlanes how many
 * @param workers how many
 * @param engine that workers run instances with
 * @param slots of each worker
 * @param smallDisks whether some nodes get a small disk of their own, where this process may mount one
 * @param controlPlaneProperties beside those that make it a control plane
 * @param workerProperties beside those that make it a worker
 */
record ClusterPlan(
        Launcher launcher,
        Path directory,
        int controlPlanes,
        int workers,
        String engine,
        int slots,
        boolean smallDisks,
        Map<String, String> controlPlaneProperties,
        Map<String, String> workerProperties) {}

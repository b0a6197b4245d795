package dev.mayfly.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;

/** Finds the worker whose loss costs most. */
final class Busiest {

    private static final String IN_USE = "mayfly_scheduling_slots_in_use";

    private Busiest() {}

    /** The worker that runs most invocations right now. */
    static Node of(Cluster cluster) {
        return cluster.workers().stream()
                .max(Comparator.comparingDouble(worker -> slotsInUse(cluster, worker)))
                .orElseThrow();
    }

    private static double slotsInUse(Cluster cluster, Node worker) {
        try {
            byte[] metrics = cluster.front()
                    .send(worker, "GET", "/actuator/prometheus", Map.of(), new byte[0])
                    .body();
            return new String(metrics, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(IN_USE))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}

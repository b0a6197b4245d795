package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/** Every worker and then every control plane is stopped in order and started again, one after the other. */
record RollingRestart() implements Fault {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration DRAIN = Duration.ofSeconds(60);
    /** What Kubernetes needs to take a stopping pod out of a Service. */
    private static final Duration OUT = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "rolling restart of everything";
    }

    @Override
    public Strike strike(Cluster cluster) {
        Instant began = Instant.now();
        for (Node worker : cluster.workers()) {
            restart(worker);
        }
        for (Node controlPlane : cluster.controlPlanes()) {
            cluster.front().take(controlPlane);
            Await.pass(OUT);
            restart(controlPlane);
            cluster.front().put(controlPlane);
        }
        return new Strike(began, Instant.now(), "", "");
    }

    private static void restart(Node node) {
        node.terminate(DRAIN);
        node.start();
        node.awaitReady(START);
        Await.pass(OUT);
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return false;
    }

    @Override
    public String allowed() {
        return "none";
    }
}

package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * A control plane is killed, and started again after a while.
 *
 * @param absence how long it is gone
 */
record KilledControlPlane(Duration absence) implements Fault {

    private static final Duration START = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "kill -9 of a control plane";
    }

    @Override
    public Strike strike(Cluster cluster) {
        Node victim = cluster.controlPlanes().getLast();
        Instant began = Instant.now();
        victim.kill();
        Await.pass(absence);
        victim.start();
        victim.awaitReady(START);
        return new Strike(began, Instant.now(), victim.name(), "");
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return failure.problem().equals(Fate.BROKEN)
                && failure.through().equals(strike.victim())
                && failure.inFlightAt(strike.began());
    }

    @Override
    public String allowed() {
        return "connections that it had, with a request in flight at that moment";
    }
}

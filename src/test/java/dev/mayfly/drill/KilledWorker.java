package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker is killed, and started again after a while.
 *
 * @param absence how long it is gone
 */
record KilledWorker(Duration absence) implements Fault {

    private static final Duration START = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "kill -9 of a worker";
    }

    @Override
    public Strike strike(Cluster cluster) {
        Node victim = Busiest.of(cluster);
        Instant began = Instant.now();
        victim.kill();
        Await.pass(absence);
        victim.start();
        victim.awaitReady(START);
        return new Strike(began, Instant.now(), victim.name(), "");
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return failure.problem().equals("execution-lost")
                && failure.mayHaveStarted()
                && !failure.kind().idempotent()
                && failure.inFlightAt(strike.began());
    }

    @Override
    public long most(ClusterPlan plan) {
        return plan.slots();
    }

    @Override
    public String allowed() {
        return "`execution-lost`, in flight at that moment, not idempotent, no more than the worker has slots";
    }
}

package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * PostgreSQL is stopped and started again.
 *
 * @param outage how long it is gone
 */
record StoppedDatabase(Duration outage) implements Fault {

    @Override
    public String name() {
        return "PostgreSQL stopped for " + outage.toSeconds() + " s";
    }

    @Override
    public Strike strike(Cluster cluster) {
        Instant began = Instant.now();
        cluster.database().stop();
        Await.pass(outage);
        cluster.database().start();
        return new Strike(began, Instant.now(), "", "");
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return false;
    }

    @Override
    public String allowed() {
        return "none: invocations of known functions need no database; asynchronous ones wait until they are accepted";
    }
}

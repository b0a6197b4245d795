package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker stands still, with its connections open, and goes on after a while.
 *
 * @param pause how long it stands still
 * @param detection until nothing more may be sent to it
 */
record PausedWorker(Duration pause, Duration detection) implements Fault {

    @Override
    public String name() {
        return "a worker paused for " + pause.toSeconds() + " s (SIGSTOP)";
    }

    @Override
    public Strike strike(Cluster cluster) {
        Node victim = Busiest.of(cluster);
        Instant began = Instant.now();
        victim.pause();
        Await.pass(pause);
        victim.resume();
        return new Strike(began, Instant.now(), victim.name(), "");
    }

    @Override
    public boolean explains(Fate failure, Strike strike) {
        return failure.problem().equals("execution-lost")
                && failure.mayHaveStarted()
                && !failure.kind().idempotent()
                && failure.sent().isBefore(strike.began().plus(detection))
                && failure.ended().isAfter(strike.began());
    }

    @Override
    public String allowed() {
        return "`execution-lost`, sent before the pause was noticed (" + detection.toSeconds() + " s), not idempotent";
    }
}

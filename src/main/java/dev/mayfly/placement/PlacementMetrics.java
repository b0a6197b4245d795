package dev.mayfly.placement;

import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.PerKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What operators see of placing invocations on workers. */
final class PlacementMetrics {

    /** How an exchange with a worker failed. */
    enum Failure {
        /** The worker did not take it. */
        REFUSED,
        /** The worker was not reached. */
        UNREACHABLE,
        /** Nobody knows how far it came. */
        LOST
    }

    private final MeterRegistry meters;
    private final Counter affinity;
    private final Counter twoChoices;
    private final Counter again;
    private final Counter refused;
    private final Counter unreachable;
    private final Counter lost;
    private final PerKind<Counter> pushes;

    PlacementMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.affinity = placements("affinity");
        this.twoChoices = placements("two-choices");
        this.again = placements("again");
        this.refused = failures(Failure.REFUSED);
        this.unreachable = failures(Failure.UNREACHABLE);
        this.lost = failures(Failure.LOST);
        this.pushes = new PerKind<>(
                pushes("mayfly.cluster.module.pushes", "Modules that workers were given"),
                pushes("mayfly.cluster.disk.pushes", "Disks that workers were given"));
    }

    private Counter pushes(String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    private Counter placements(String how) {
        return Counter.builder("mayfly.cluster.placements")
                .description(
                        "Workers that were chosen for an invocation, by how: for what it has, out of two, or because"
                                + " another one did not run it")
                .tag("how", how)
                .register(meters);
    }

    private Counter failures(Failure kind) {
        return Counter.builder("mayfly.cluster.exchange.failures")
                .description("Orders that a worker did not execute to their end")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    void watch(Membership membership) {
        for (WorkerState state : WorkerState.values()) {
            Gauge.builder("mayfly.cluster.workers", membership, workers -> (double) workers.count(state))
                    .description("Workers, by how they are")
                    .tag("state", state.id())
                    .register(meters);
        }
        Gauge.builder("mayfly.cluster.slots", membership, Membership::slots)
                .description("Slots of all workers that take orders")
                .register(meters);
    }

    void placed(Placement.How how) {
        (how == Placement.How.AFFINITY ? affinity : twoChoices).increment();
    }

    void placedAgain() {
        again.increment();
    }

    void failed(Failure kind) {
        switch (kind) {
            case REFUSED -> refused.increment();
            case UNREACHABLE -> unreachable.increment();
            case LOST -> lost.increment();
        }
    }

    void pushed(Content.Kind kind) {
        pushes.of(kind).increment();
    }
}

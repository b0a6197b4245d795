package dev.mayfly.workers;

import dev.mayfly.cluster.WorkerLoad;
import dev.mayfly.cluster.WorkerStatus;
import dev.mayfly.scheduling.Scheduler;
import java.util.Optional;
import java.util.UUID;

/** What this worker is, and what it is busy with. Thread-safe. */
final class WorkerSelf {

    private final UUID instance = UUID.randomUUID();
    private final String name;
    private final String software;
    private final String engine;
    private final Scheduler scheduler;
    private final WorkerContents contents;
    private volatile boolean draining;

    /**
     * A worker that takes orders.
     *
     * @param name for people
     * @param software its version
     * @param engine the name of the one that runs most instances
     */
    WorkerSelf(String name, String software, String engine, Scheduler scheduler, WorkerContents contents) {
        this.name = name;
        this.software = software;
        this.engine = engine;
        this.scheduler = scheduler;
        this.contents = contents;
    }

    /** Identifies this process; a restarted worker is another. */
    UUID instance() {
        return instance;
    }

    /** From now on nothing more is taken. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining || scheduler.isDraining();
    }

    WorkerLoad load() {
        return new WorkerLoad(
                scheduler.limits().slots(), scheduler.slotsInUse(), scheduler.queueLength(), isDraining());
    }

    WorkerStatus status() {
        return new WorkerStatus(
                name,
                instance,
                software,
                engine,
                load(),
                contents.modules().digests(),
                Optional.of(contents.heldDisks()));
    }
}

package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a worker says of itself.
 *
 * @param name for people
 * @param instance of this process; another one after a restart. Orders are addressed to it
 * @param software its version, for people
 * @param engine that runs most of its instances
 * @param load how busy it is
 * @param modules it has, at most {@value #MOST_MODULES}
 * @param disks it has; empty if it is of a version that knows none
 */
public record WorkerStatus(
        String name,
        UUID instance,
        String software,
        String engine,
        WorkerLoad load,
        Set<ContentDigest> modules,
        Optional<HeldDisks> disks) {

    /** How many modules are told of at most. */
    public static final int MOST_MODULES = 10_000;

    public WorkerStatus {
        modules = Set.copyOf(modules);
    }
}

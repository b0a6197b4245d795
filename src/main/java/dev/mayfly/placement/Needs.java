package dev.mayfly.placement;

import dev.mayfly.artifacts.ModuleDigest;
import java.util.Set;

/**
 * What a worker needs to have to execute an order.
 *
 * @param diskBytes how large the disks are together
 */
record Needs(ModuleDigest module, Set<ModuleDigest> disks, long diskBytes) {

    Needs {
        disks = Set.copyOf(disks);
    }
}

package dev.mayfly.workers;

import dev.mayfly.cluster.HeldDisks;

/** What this worker has of what orders need. */
record WorkerContents(ContentCache modules, ContentCache disks) {

    HeldDisks heldDisks() {
        return new HeldDisks(disks.capacity(), disks.digests());
    }
}

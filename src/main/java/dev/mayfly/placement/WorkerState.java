package dev.mayfly.placement;

import java.util.Locale;

/** How a worker is, as its control plane sees it; {@link Worker} draws the transitions. */
enum WorkerState {
    /** It takes orders. */
    UP,
    /** Something just failed: it gets no orders until its backoff is over. */
    SUSPECT,
    /** It answers, and takes no orders any more. */
    DRAINING,
    /** It was never heard of, or not for a while. */
    DOWN;

    /** The word that operators see. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.mayfly.functions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the source of a {@link RefreshingCache} answers. Thread-safe. */
final class SourceState {

    private static final Logger log = LoggerFactory.getLogger(SourceState.class);

    private final long probeNanos;
    private volatile boolean silent;
    private boolean probed;
    private long probedNanos;

    /**
     * A source that answers.
     *
     * @param probeNanos how often one that does not is asked again
     */
    SourceState(long probeNanos) {
        this.probeNanos = probeNanos;
    }

    boolean isSilent() {
        return silent;
    }

    /** Whether to read in the background: always while the source answers, and then as a probe. */
    boolean mayRead(long now) {
        return !silent || mayProbe(now);
    }

    private synchronized boolean mayProbe(long now) {
        if (probed && now - probedNanos < probeNanos) {
            return false;
        }
        probed = true;
        probedNanos = now;
        return true;
    }

    void failed(String how) {
        if (!silent && change(true)) {
            log.warn("The database does not answer; functions are invoked as they were known before: {}", how);
        }
    }

    void answered() {
        if (silent && change(false)) {
            log.info("The database answers again");
        }
    }

    private synchronized boolean change(boolean to) {
        boolean changed = silent != to;
        silent = to;
        return changed;
    }
}

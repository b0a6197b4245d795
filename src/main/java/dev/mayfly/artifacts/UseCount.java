package dev.mayfly.artifacts;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses something that is to be closed when nobody does any more. A cache that it is in is one of the users.
 * Thread-safe.
 */
public final class UseCount {

    private final Runnable close;
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * Begins with one user, whoever calls.
     *
     * @param close is run once, when the last user has gone
     */
    public UseCount(Runnable close) {
        this.close = close;
    }

    /** Adds a user, unless the last one has gone. */
    public boolean tryUse() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Ends one user's use. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            close.run();
        }
    }
}

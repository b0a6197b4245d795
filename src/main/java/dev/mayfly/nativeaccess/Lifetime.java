package dev.mayfly.nativeaccess;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether something may still be used, and by how many it is used right now. What is in use cannot be closed, so a
 * descriptor's number or a mapping's address is never reused under a call that is on its way.
 */
final class Lifetime {

    private static final int CLOSED = -1;

    private final String what;
    private final AtomicInteger users = new AtomicInteger();

    Lifetime(String what) {
        this.what = what;
    }

    /**
     * Keeps it open until {@link #release}.
     *
     * @throws IllegalStateException if it was closed
     */
    void acquire() {
        if (users.getAndUpdate(n -> n == CLOSED ? CLOSED : n + 1) == CLOSED) {
            throw new IllegalStateException(what + " is closed");
        }
    }

    void release() {
        users.decrementAndGet();
    }

    /**
     * Answers true to exactly one caller, who is to release the resource.
     *
     * @throws IllegalStateException if it is in use
     */
    boolean close() {
        int before = users.compareAndExchange(0, CLOSED);
        if (before > 0) {
            throw new IllegalStateException(what + " is in use and cannot be closed");
        }
        return before == 0;
    }

    @Override
    public String toString() {
        return what;
    }
}

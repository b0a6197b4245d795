package dev.mayfly.invocations.streams;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all buffers together may take. Clients decide how many requests there are and how slowly they send and
 * read, so a bound on each buffer alone would be none. Thread-safe.
 */
public final class BufferBudget {

    private final long limitBytes;
    private final AtomicLong taken = new AtomicLong();

    public BufferBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes so many bytes, if there are as many left. */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** In bytes. */
    public long taken() {
        return taken.get();
    }
}

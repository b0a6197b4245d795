package dev.mayfly.sandbox;

/** Counts who uses something that is freed by the last of them, once it was closed. Thread-safe. */
public final class Uses {

    private final Runnable free;
    private int running;
    private boolean closed;

    /** Counts the uses of what {@code free} frees. */
    public Uses(Runnable free) {
        this.free = free;
    }

    /**
     * Begins a use.
     *
     * @throws IllegalStateException if it was closed
     */
    public synchronized void begin() {
        if (closed) {
            throw new IllegalStateException("the executable module is closed");
        }
        running++;
    }

    /** Ends a use. */
    public void end() {
        synchronized (this) {
            running--;
            if (!closed || running > 0) {
                return;
            }
        }
        free.run();
    }

    /** Lets no further use begin. Does nothing the second time. */
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (running > 0) {
                return;
            }
        }
        free.run();
    }
}

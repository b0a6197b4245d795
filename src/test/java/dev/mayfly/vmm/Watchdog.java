package dev.mayfly.vmm;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Ends instances that run for long, from a thread of its own. */
final class Watchdog implements AutoCloseable {

    private static final long PATIENCE_NANOS = 5_000_000;

    private record Watched(Interrupt interrupt, long since) {}

    private final AtomicReference<@Nullable Watched> watched = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().daemon().start(this::watch);

    /** Watches an instance instead of the last one. */
    void watch(Prepared instance) {
        watched.set(new Watched(instance.interrupt(), System.nanoTime()));
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PATIENCE_NANOS / 2);
            Watched current = watched.get();
            if (current != null && System.nanoTime() - current.since() > PATIENCE_NANOS) {
                request(current.interrupt());
                watched.compareAndSet(current, null);
            }
        }
    }

    private static void request(Interrupt interrupt) {
        try {
            interrupt.request();
        } catch (VmmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

package dev.mayfly.sandbox.wasmtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The one thread that looks for deadlines that have passed, every few milliseconds. */
final class DeadlineTicker implements AutoCloseable {

    /** By how much an instance may outlive its deadline, if the machine is not overloaded. */
    static final Duration PERIOD = Duration.ofMillis(5);

    private final Set<InstanceDeadlines> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    DeadlineTicker() {
        thread = Thread.ofPlatform().name("wasmtime-deadlines").daemon(true).start(this::run);
    }

    void watch(InstanceDeadlines deadlines) {
        watched.add(deadlines);
    }

    void unwatch(InstanceDeadlines deadlines) {
        watched.remove(deadlines);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                watched.forEach(InstanceDeadlines::advance);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }
}

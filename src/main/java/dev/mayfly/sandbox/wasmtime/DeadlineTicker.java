package dev.mayfly.sandbox.wasmtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The one thread that looks for deadlines that have passed, every few milliseconds while anything runs. */
final class DeadlineTicker implements AutoCloseable {

    /** By how much an instance may outlive its deadline, if the machine is not overloaded. */
    static final Duration PERIOD = Duration.ofMillis(5);

    private final Set<InstanceDeadlines> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;

    DeadlineTicker() {
        thread = Thread.ofPlatform().name("wasmtime-deadlines").daemon(true).start(this::run);
    }

    /** Looks after these from now on. Cheap if it does already. */
    void watch(InstanceDeadlines deadlines) {
        if (watched.add(deadlines) && parked) {
            LockSupport.unpark(thread);
        }
    }

    void unwatch(InstanceDeadlines deadlines) {
        watched.remove(deadlines);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            if (watched.isEmpty()) {
                parkWhileNothingRuns();
            } else {
                LockSupport.parkNanos(this, PERIOD.toNanos());
                watched.forEach(InstanceDeadlines::tick);
            }
        }
    }

    /** Whoever adds something after the second look sees {@code parked}, and wakes the thread. */
    private void parkWhileNothingRuns() {
        parked = true;
        if (watched.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        parked = false;
    }
}

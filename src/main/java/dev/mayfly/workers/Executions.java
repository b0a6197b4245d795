package dev.mayfly.workers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The executions that were admitted and have not been answered, by id. Thread-safe. */
final class Executions {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Map<UUID, Running> running = new HashMap<>();
    private int waiting;

    /** Adds an execution; false if there is one of that id. */
    boolean add(UUID id, Running execution) {
        lock.lock();
        try {
            if (running.putIfAbsent(id, execution) != null) {
                return false;
            }
            if (waiting > 0) {
                added.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean contains(UUID id) {
        lock.lock();
        try {
            return running.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    void remove(UUID id) {
        lock.lock();
        try {
            running.remove(id);
        } finally {
            lock.unlock();
        }
    }

    List<Running> all() {
        lock.lock();
        try {
            return List.copyOf(running.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finds an execution.
     *
     * @param patience how long to wait for it: what belongs to an order comes by another connection, and may be here first
     */
    Optional<Running> find(UUID id, Duration patience) {
        lock.lock();
        waiting++;
        try {
            long left = patience.toNanos();
            while (!running.containsKey(id) && left > 0) {
                left = added.awaitNanos(left);
            }
            return Optional.ofNullable(running.get(id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}

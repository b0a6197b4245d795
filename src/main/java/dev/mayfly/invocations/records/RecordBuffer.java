package dev.mayfly.invocations.records;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records on their way to the database, found by id until they are there. Bounded: when the database does not keep up,
 * the oldest are dropped and counted, and invocations go on. Thread-safe.
 */
final class RecordBuffer implements InvocationListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final SequencedMap<UUID, InvocationRecord> pending = new LinkedHashMap<>();
    private final int capacity;
    private long dropped;
    private boolean closed;

    RecordBuffer(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public void ended(InvocationRecord invocation) {
        lock.lock();
        try {
            if (pending.size() == capacity) {
                pending.pollFirstEntry();
                dropped++;
            }
            pending.put(invocation.id(), invocation);
            if (pending.size() == 1) {
                filled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<InvocationRecord> find(UUID id) {
        lock.lock();
        try {
            return Optional.ofNullable(pending.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Those of a function, newest first. */
    List<InvocationRecord> of(String function) {
        lock.lock();
        try {
            return pending.sequencedValues().reversed().stream()
                    .filter(invocation -> invocation.function().equals(function))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a record; then returns the oldest ones, which stay in the buffer until they are {@link #remove removed}.
     *
     * @return empty only once the buffer is closed and has no more
     */
    List<InvocationRecord> await(int most) throws InterruptedException {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                filled.await();
            }
            return pending.values().stream().limit(most).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until the buffer is closed. */
    void linger(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(List<InvocationRecord> written) {
        lock.lock();
        try {
            written.forEach(invocation -> pending.remove(invocation.id()));
        } finally {
            lock.unlock();
        }
    }

    /** Gives up on records that cannot be written. */
    void drop(List<InvocationRecord> unwritable) {
        lock.lock();
        try {
            unwritable.forEach(invocation -> pending.remove(invocation.id()));
            dropped += unwritable.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is waited for. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}

package dev.mayfly.invocations.streams;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way from one thread to another: a ring that grows as it fills, up to its capacity, or until the memory
 * for all buffers is used up. A writer that finds no room waits, which is how a slow reader slows it down.
 *
 * <p>The reader may hold back: {@link #awaitFullOrEnd} wakes it only when nothing more can come without its reading.
 * A {@link #sever severed} pipe has lost what was in it; writing to it fails, and so does reading from it.
 */
public final class BytePipe {

    private static final int SMALLEST = 512;
    /** So long a ring may become whatever the budget says: a pipe that took nothing would block its writer for ever. */
    private static final int FREE = 16 * 1024;

    /** What a reader that holds back finds. */
    public enum Fill {
        /** More bytes may come. */
        FILLING,
        /** The writer waits for room. */
        FULL,
        /** The writer has ended. */
        ENDED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Condition writable = lock.newCondition();
    private final BufferBudget budget;
    private int capacity;
    private byte[] ring = new byte[0];
    private int head;
    private int size;
    private long written;
    private boolean ended;
    private boolean severed;
    private int nudges;

    /**
     * An empty pipe.
     *
     * @param capacity in bytes, at least 1
     * @param budget for what it buffers
     */
    public BytePipe(int capacity, BufferBudget budget) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.capacity = capacity;
        this.budget = budget;
    }

    /**
     * Puts in as many bytes as there is room for, waiting until there is some.
     *
     * @param source has at least one byte
     * @return how many were put in, 0 if there was no room in time
     * @throws SeveredPipeException if the pipe is severed
     */
    public int write(ByteBuffer source, Duration patience) throws SeveredPipeException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!severed && !makeRoom(source.remaining())) {
                if (left <= 0) {
                    return 0;
                }
                left = await(writable, left);
            }
            requireWhole();
            int count = Math.min(source.remaining(), ring.length - size);
            put(source, count);
            readable.signal();
            if (size == capacity) {
                settled.signal();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be written. What was, can still be read. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            readable.signal();
            settled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Breaks the pipe, waking who waits at either end, and frees its memory. Harmless when it is broken already. */
    public void sever() {
        lock.lock();
        try {
            severed = true;
            size = 0;
            budget.giveBack(charge(ring.length));
            ring = new byte[0];
            readable.signal();
            writable.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes out bytes, waiting for the first.
     *
     * @param target has room for at least one byte
     * @return how many were taken, 0 if none came in time, -1 at the end
     * @throws SeveredPipeException if the pipe is severed
     */
    public int read(ByteBuffer target, Duration patience) throws SeveredPipeException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (size == 0 && !ended && !severed) {
                if (left <= 0) {
                    return 0;
                }
                left = await(readable, left);
            }
            requireWhole();
            if (size == 0) {
                return -1;
            }
            int count = Math.min(target.remaining(), size);
            take(target, count);
            writable.signal();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, without reading, until the pipe is full or nothing more will come. */
    public Fill awaitFullOrEnd(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (fill() == Fill.FILLING && left > 0) {
                left = await(settled, left);
            }
            return fill();
        } finally {
            lock.unlock();
        }
    }

    /** Waits like {@link #awaitFullOrEnd(Duration)}, but until it is {@link #nudge nudged}. */
    public Fill awaitFullOrEnd() {
        lock.lock();
        try {
            int seen = nudges;
            while (fill() == Fill.FILLING && nudges == seen) {
                settled.awaitUninterruptibly();
            }
            return fill();
        } finally {
            lock.unlock();
        }
    }

    /** Has the reader that waits in {@link #awaitFullOrEnd()} look up. */
    public void nudge() {
        lock.lock();
        try {
            nudges++;
            settled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Everything that is in the pipe now, without waiting. */
    public byte[] takeAll() {
        lock.lock();
        try {
            ByteBuffer all = ByteBuffer.allocate(size);
            take(all, size);
            writable.signal();
            return all.array();
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes were ever written. */
    public long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    private Fill fill() {
        if (ended) {
            return Fill.ENDED;
        }
        return size == capacity ? Fill.FULL : Fill.FILLING;
    }

    private void requireWhole() throws SeveredPipeException {
        if (severed) {
            throw new SeveredPipeException();
        }
    }

    /** Whether there is room for at least one byte, after the ring has grown for so many as far as it may. */
    private boolean makeRoom(int bytes) {
        long needed = Math.min(capacity, (long) size + bytes);
        if (needed > ring.length) {
            long doubled = Math.min(capacity, Math.max(2L * ring.length, SMALLEST));
            grow((int) Math.max(needed, doubled));
        }
        return size < ring.length;
    }

    private void grow(int length) {
        int free = Math.min(FREE, capacity);
        if (budget.take(charge(length) - charge(ring.length))) {
            resize(length);
        } else if (ring.length < free) {
            resize(free);
        } else {
            // The pipe is full earlier than it was meant to be.
            capacity = ring.length;
            if (size == capacity) {
                settled.signal();
            }
        }
    }

    /** What a ring of that length takes of the budget. */
    private static int charge(int length) {
        return Math.max(0, length - FREE);
    }

    private void resize(int length) {
        ByteBuffer resized = ByteBuffer.allocate(length);
        int kept = size;
        take(resized, kept);
        ring = resized.array();
        head = 0;
        size = kept;
    }

    private void put(ByteBuffer source, int count) {
        int tail = (head + size) % ring.length;
        int first = Math.min(count, ring.length - tail);
        source.get(ring, tail, first);
        source.get(ring, 0, count - first);
        size += count;
        written += count;
    }

    private void take(ByteBuffer target, int count) {
        int first = Math.min(count, ring.length - head);
        target.put(ring, head, first);
        target.put(ring, 0, count - first);
        size -= count;
        head = size == 0 ? 0 : (head + count) % ring.length;
    }

    /** Waits uninterrupted: neither side is ever ended by interrupting its thread. */
    private static long await(Condition condition, long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return condition.awaitNanos(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

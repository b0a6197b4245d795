package dev.mayfly.invocations;

import dev.mayfly.disk.Storage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap the files of all instances together may take. The limits of a function bound one instance, and how
 * many run at once is the operator's choice, so without it the worst case would be the product of both. Thread-safe.
 */
final class FileMemory {

    private final long limitBytes;
    private final AtomicLong taken = new AtomicLong();

    FileMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** In bytes. */
    long taken() {
        return taken.get();
    }

    /** What one instance takes of it. */
    Lease lease() {
        return new Lease();
    }

    private boolean take(long bytes) {
        return bytes
                <= limitBytes
                        - taken.getAndAccumulate(bytes, (now, more) -> more <= limitBytes - now ? now + more : now);
    }

    /** Belongs to the thread that runs the instance. Closing it, after the instance's end, gives back what is left. */
    final class Lease implements Storage, AutoCloseable {

        private long leased;

        private Lease() {}

        @Override
        public boolean take(long bytes) {
            if (!FileMemory.this.take(bytes)) {
                return false;
            }
            leased += bytes;
            return true;
        }

        @Override
        public void give(long bytes) {
            leased -= bytes;
            taken.addAndGet(-bytes);
        }

        @Override
        public void close() {
            give(leased);
        }
    }
}

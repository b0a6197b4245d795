package dev.mayfly.functions;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A value of a {@link RefreshingCache}, and the read of it that is going on. Thread-safe. */
final class CachedValue<V> {

    /** A read, as it goes on. */
    static final class Reading<V> {

        private final CompletableFuture<V> future = new CompletableFuture<>();
        private final long since;

        /**
         * A read that begins.
         *
         * @param since now
         */
        Reading(long since) {
            this.since = since;
        }

        CompletableFuture<V> future() {
            return future;
        }

        long since() {
            return since;
        }
    }

    private @Nullable V value;
    private long readNanos;
    private boolean invalidated;
    private @Nullable Reading<V> reading;

    synchronized boolean isEmpty() {
        return value == null;
    }

    /** The value, unless it is older than that. */
    synchronized @Nullable V ifYounger(long now, long nanos) {
        return now - readNanos < nanos ? value : null;
    }

    synchronized boolean isOld(long now, long nanos) {
        return invalidated || now - readNanos >= nanos;
    }

    synchronized boolean isInvalidated() {
        return invalidated;
    }

    /** What is being read now counts no more. */
    synchronized void invalidate() {
        invalidated = true;
        reading = null;
    }

    /** The read that is going on, if it began after the given moment; otherwise the one that was offered. */
    synchronized Reading<V> startReading(Reading<V> offered, long after) {
        if (reading == null || reading.since() - after <= 0) {
            reading = offered;
        }
        return reading;
    }

    synchronized void accept(Reading<V> finished, V read) {
        if (reading == finished) {
            value = read;
            readNanos = finished.since();
            invalidated = false;
            reading = null;
        }
    }

    synchronized void giveUp(Reading<V> finished) {
        if (reading == finished) {
            reading = null;
        }
    }
}

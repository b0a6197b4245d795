package dev.mayfly.workers;

import dev.mayfly.artifacts.ContentDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What control planes are sending. None of it is received from two of them at once. Thread-safe. */
final class Arrivals {

    private final Map<ContentDigest, CountDownLatch> running = new ConcurrentHashMap<>();

    /**
     * Begins to receive content, which is to be {@link #end}ed.
     *
     * @return false if somebody else does
     */
    boolean begin(ContentDigest digest) {
        return running.putIfAbsent(digest, new CountDownLatch(1)) == null;
    }

    void end(ContentDigest digest) {
        running.remove(digest).countDown();
    }

    /**
     * Waits until content is not being received any more, however that ends.
     *
     * @return false if that takes longer
     */
    boolean await(ContentDigest digest, Duration patience) {
        CountDownLatch end = running.get(digest);
        try {
            return end == null || end.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

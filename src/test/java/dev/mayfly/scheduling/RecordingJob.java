package dev.mayfly.scheduling;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A job that runs until it is told to end, and remembers what happened to it. */
final class RecordingJob implements Job {

    private static final int PATIENCE_SECONDS = 20;

    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicInteger runs = new AtomicInteger();
    volatile @Nullable Drop dropped;
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** A job that ends as soon as it is run. */
    static RecordingJob brief() {
        RecordingJob job = new RecordingJob();
        job.end();
        return job;
    }

    void end() {
        mayEnd.countDown();
    }

    @Override
    public void run(Ticket ticket) {
        runs.incrementAndGet();
        started.countDown();
        await(mayEnd);
        ended.countDown();
    }

    @Override
    public void drop(Drop why) {
        dropped = why;
        ended.countDown();
    }

    @Override
    public void interrupt() {
        end();
    }

    void awaitStarted() {
        await(started);
    }

    void awaitEnded() {
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited for too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mayfly.drill;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Sends requests at a rate, whether or not earlier ones were answered, as independent clients do. */
final class OpenLoop implements AutoCloseable {

    private static final int MOST_AT_ONCE = 4000;

    private final double rate;
    private final LongConsumer request;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final Thread clock;

    /**
     * Starts to send.
     *
     * @param rate requests per second
     * @param request sends one and returns when it was answered; is told its number, from 0
     */
    OpenLoop(double rate, LongConsumer request) {
        this.rate = rate;
        this.request = request;
        this.clock = Thread.ofPlatform().name("load").daemon().start(this::run);
    }

    /** Requests that were not sent, because thousands were waiting: the load was less than it should have been. */
    long unsent() {
        return unsent.get();
    }

    private void run() {
        long began = System.nanoTime();
        for (long number = 0; sending.get(); number++) {
            long due = began + (long) (number * 1e9 / rate);
            for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
            send(number);
        }
    }

    private void send(long number) {
        if (!room.tryAcquire()) {
            unsent.incrementAndGet();
            return;
        }
        clients.execute(() -> {
            try {
                request.accept(number);
            } finally {
                room.release();
            }
        });
    }

    /** Stops sending and returns when every request has its answer, or has been given up. */
    @Override
    public void close() {
        sending.set(false);
        try {
            clock.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.close();
    }
}

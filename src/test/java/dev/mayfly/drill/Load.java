package dev.mayfly.drill;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a rate, whether or not earlier ones were answered, as independent clients do. Of twenty requests
 * fourteen are synchronous and six asynchronous.
 */
final class Load implements AutoCloseable {

    private static final int MOST_AT_ONCE = 4000;

    private static final List<Kind> SYNCHRONOUS = List.of(
            Kind.ECHO,
            Kind.NAP,
            Kind.GREETING,
            Kind.NAP_TWICE,
            Kind.ECHO,
            Kind.GREETING,
            Kind.NAP,
            Kind.FIBONACCI,
            Kind.NAP_TWICE,
            Kind.ECHO,
            Kind.GREETING,
            Kind.NAP,
            Kind.ECHO,
            Kind.FIBONACCI);
    private static final List<Kind> ASYNCHRONOUS =
            List.of(Kind.ECHO, Kind.NAP, Kind.ECHO, Kind.FAILURE, Kind.NAP, Kind.ECHO);

    private final Client client;
    private final Ledger ledger;
    private final double rate;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final Thread clock;

    /**
     * Starts to send.
     *
     * @param rate requests per second
     */
    Load(Client client, Ledger ledger, double rate) {
        this.client = client;
        this.ledger = ledger;
        this.rate = rate;
        this.clock = Thread.ofPlatform().name("load").daemon().start(this::send);
    }

    /** The share of requests that are synchronous. */
    static double synchronousShare() {
        return (double) SYNCHRONOUS.size() / (SYNCHRONOUS.size() + ASYNCHRONOUS.size());
    }

    /** Requests that were not sent, because thousands were waiting: the load was less than it should have been. */
    long unsent() {
        return unsent.get();
    }

    private void send() {
        long began = System.nanoTime();
        for (long i = 0; sending.get(); i++) {
            long due = began + (long) (i * 1e9 / rate);
            for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                LockSupport.parkNanos(rest);
            }
            send(i);
        }
    }

    private void send(long number) {
        if (!room.tryAcquire()) {
            unsent.incrementAndGet();
            return;
        }
        clients.execute(() -> {
            try {
                request(number);
            } finally {
                room.release();
            }
        });
    }

    /** Seven synchronous requests, then three asynchronous ones. */
    private void request(long number) {
        int round = (int) (number % 20);
        int half = round / 10;
        int place = round % 10;
        String id = UUID.randomUUID().toString();
        if (place < 7) {
            ledger.add(client.invoke(SYNCHRONOUS.get(half * 7 + place), id));
        } else {
            ledger.add(client.submit(ASYNCHRONOUS.get(half * 3 + place - 7), id));
        }
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

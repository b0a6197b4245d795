package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Claim;
import dev.mayfly.asynchronous.queue.Claims;
import dev.mayfly.asynchronous.queue.Depths;
import dev.mayfly.asynchronous.queue.Doorbell;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Claims invocations, as many as there is room for, and has an attempt made at each on a thread of its own. What this
 * process puts into the queue is claimed at once; for what others put there, the queue is looked at from time to time.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** While there is more in the queue than is in flight here, the line to it may just have been locked by another. */
    private static final int EAGERNESS = 10;

    private final String owner;
    private final Claims claims;
    private final Depths depths;
    private final InFlight inFlight;
    private final FunctionShares shares;
    private final Doorbell doorbell;
    private final AttemptStarter starter;
    private final Duration pollInterval;
    private final InstantSource time;
    private final Thread thread;
    private volatile boolean closed;

    /** Has an attempt made, without waiting for its end. */
    @FunctionalInterface
    interface AttemptStarter {
        void start(Attempt attempt);
    }

    Dispatcher(
            String owner,
            Claims claims,
            Depths depths,
            InFlight inFlight,
            FunctionShares shares,
            Doorbell doorbell,
            AttemptStarter starter,
            Duration pollInterval,
            InstantSource time,
            ThreadFactory threads) {
        this.owner = owner;
        this.claims = claims;
        this.depths = depths;
        this.inFlight = inFlight;
        this.shares = shares;
        this.doorbell = doorbell;
        this.starter = starter;
        this.pollInterval = pollInterval;
        this.time = time;
        this.thread = threads.newThread(this::dispatchForever);
    }

    void start() {
        thread.start();
    }

    /** Claims nothing more. */
    void close() {
        closed = true;
        doorbell.ring();
    }

    private void dispatchForever() {
        try {
            while (!closed) {
                if (dispatch() == 0) {
                    doorbell.await(pause());
                }
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    private Duration pause() {
        boolean more = depths.total() > inFlight.size() && inFlight.room(time.instant()) > 0;
        long nanos = pollInterval.toNanos() / (more ? EAGERNESS : 1);
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }

    /** Returns how many were claimed. */
    private int dispatch() throws InterruptedException {
        int room = inFlight.room(time.instant());
        if (room == 0) {
            return 0;
        }
        try {
            List<Claim> claimed = claims.claim(owner, room, inFlight.full(), inFlight::roomOf, shares::weight);
            claimed.forEach(this::begin);
            return claimed.size();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The queue of asynchronous invocations cannot be read: {}", e.getMessage());
            Thread.sleep(AFTER_FAILURE);
            return 0;
        }
    }

    private void begin(Claim claim) {
        Attempt attempt = new Attempt(claim);
        inFlight.begin(attempt);
        starter.start(attempt);
    }
}

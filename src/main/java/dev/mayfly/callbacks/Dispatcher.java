package dev.mayfly.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Delivers what is due. A delivery is claimed under a lease that outlasts any attempt, so that another process takes it over
 * if this one dies: each result is delivered at least once, or abandoned.
 */
final class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int TAKE_IN = 500;
    private static final int DELETE = 500;
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);
    private static final Duration TRIM_INTERVAL = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final String owner = UUID.randomUUID().toString();
    private final DeliveryTable table;
    private final Attempts attempts;
    private final RetryPlan retries;
    private final CallbackMetrics metrics;
    private final CallbackProperties properties;
    private final InstantSource time;
    private final HostSlots slots;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("callbacks").unstarted(this::dispatchForever);
    private Instant trimmed = Instant.EPOCH;

    Dispatcher(
            DeliveryTable table,
            Attempts attempts,
            RetryPlan retries,
            CallbackMetrics metrics,
            CallbackProperties properties,
            InstantSource time) {
        this.table = table;
        this.attempts = attempts;
        this.retries = retries;
        this.metrics = metrics;
        this.properties = properties;
        this.time = time;
        this.slots = new HostSlots(properties.concurrency(), properties.concurrencyPerHost());
    }

    private void dispatchForever() {
        try {
            while (true) {
                if (!tryDispatch()) {
                    wake.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                }
                wake.drainPermits();
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    /** Whether there may be more to do at once. */
    private boolean tryDispatch() {
        try {
            Instant now = time.instant();
            trim(now);
            boolean more = table.takeIn(now, TAKE_IN) == TAKE_IN;
            return dispatch(now) || more;
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "Callbacks cannot be made, as the database fails: {}",
                    e.getClass().getSimpleName());
            LOG.debug("Its failure", e);
            return false;
        }
    }

    private boolean dispatch(Instant now) {
        int free = slots.free();
        if (free == 0) {
            return false;
        }
        Duration lease = properties.timeout().plus(LEASE_MARGIN);
        List<Delivery> claimed = table.claim(owner, now, lease, slots.full(), free);
        claimed.forEach(delivery -> begin(delivery, now));
        return claimed.size() == free && slots.free() > 0;
    }

    private void begin(Delivery delivery, Instant now) {
        if (slots.enter(delivery.host())) {
            Thread.ofVirtual().name("callback").start(() -> deliver(delivery));
        } else {
            table.giveBack(owner, delivery, now);
        }
    }

    private void deliver(Delivery delivery) {
        try {
            note(delivery, attempts.make(delivery));
        } catch (RuntimeException e) {
            LOG.warn("Callback {} is tried again when its lease has ended", delivery.id(), e);
        } finally {
            slots.leave(delivery.host());
            wake.release();
        }
    }

    private void note(Delivery delivery, AttemptOutcome outcome) {
        Instant now = time.instant();
        Optional<Instant> next = outcome.isFinal()
                ? Optional.empty()
                : retries.next(delivery.attempts(), delivery.created(), now, outcome.retryAfter());
        if (next.isPresent()) {
            if (table.retry(owner, delivery, outcome, next.get())) {
                metrics.retried();
            }
        } else if (table.end(owner, delivery, outcome, now)) {
            ended(delivery, outcome);
        }
    }

    private void ended(Delivery delivery, AttemptOutcome outcome) {
        if (outcome.delivered()) {
            metrics.delivered();
        } else {
            LOG.info(
                    "The result of invocation {} is not delivered: {} after {} attempts",
                    delivery.invocation(),
                    outcome.error(),
                    delivery.attempts());
            metrics.abandoned();
        }
    }

    private void trim(Instant now) {
        if (now.isAfter(trimmed.plus(TRIM_INTERVAL))) {
            trimmed = now;
            while (table.deleteEnded(now.minus(properties.retention()), DELETE) == DELETE) {}
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    /** What is under way has a moment to end; what does not is taken over when its lease ends. */
    @Override
    public void stop() {
        thread.interrupt();
        try {
            thread.join();
            if (!slots.awaitEmpty(STOP.toMillis())) {
                LOG.info("Callbacks that are under way are left to others, or to the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops after the queue, whose last results may still be delivered. */
    @Override
    public int getPhase() {
        return 0;
    }
}

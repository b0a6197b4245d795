package dev.mayfly.asynchronous.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Lets clients wait for the ends of invocations. Those that end in this process are told at once; for those that end
 * elsewhere one thread looks for all who wait. A waiter holds neither a thread of the system nor a connection.
 */
public final class EndWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EndWatch.class);
    private static final int BATCH = 500;

    private final InvocationTable invocations;
    private final Duration interval;
    private final Map<UUID, List<CountDownLatch>> waiters = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("async-ends").unstarted(this::lookForever);
    private volatile boolean stopped;

    EndWatch(InvocationTable invocations, Duration interval) {
        this.invocations = invocations;
        this.interval = interval;
    }

    /** Starts to watch an invocation. Look at it afterwards, before waiting: it may have ended just before. */
    public Watch watch(UUID id) {
        CountDownLatch latch = new CountDownLatch(stopped ? 0 : 1);
        waiters.compute(id, (_, latches) -> with(latches == null ? List.of() : latches, latch));
        return new Watch(id, latch);
    }

    private static List<CountDownLatch> with(List<CountDownLatch> latches, CountDownLatch another) {
        List<CountDownLatch> all = new ArrayList<>(latches);
        all.add(another);
        return all;
    }

    /** An invocation has ended. */
    public void ended(UUID id) {
        List<CountDownLatch> waiting = waiters.remove(id);
        if (waiting != null) {
            waiting.forEach(CountDownLatch::countDown);
        }
    }

    private void lookForever() {
        try {
            while (!stopped) {
                Thread.sleep(interval);
                look();
            }
        } catch (InterruptedException stopping) {
            // The application stops.
        }
    }

    private void look() {
        List<UUID> ids = List.copyOf(waiters.keySet());
        try {
            for (int from = 0; from < ids.size(); from += BATCH) {
                invocations
                        .ended(ids.subList(from, Math.min(ids.size(), from + BATCH)))
                        .forEach(this::ended);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Cannot tell which invocations have ended", e);
        }
    }

    /** One who waits. */
    public final class Watch implements AutoCloseable {

        private final UUID id;
        private final CountDownLatch latch;

        private Watch(UUID id, CountDownLatch latch) {
            this.id = id;
            this.latch = latch;
        }

        /** Waits until the invocation has ended, or this process is about to. */
        public void await(Duration atMost) throws InterruptedException {
            latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            waiters.computeIfPresent(id, (_, latches) -> {
                List<CountDownLatch> others =
                        latches.stream().filter(other -> other != latch).toList();
                return others.isEmpty() ? null : others;
            });
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
        waiters.keySet().forEach(this::ended);
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Before the web server, which waits for its requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}

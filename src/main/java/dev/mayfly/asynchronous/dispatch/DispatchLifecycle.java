package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.invocations.Invoker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts and ends the dispatching. When the application begins to stop, nothing more is claimed, and what waits for a slot
 * goes back to the queue. The scheduler lets what runs end, or interrupts it; behind it the ends are written.
 */
final class DispatchLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Dispatcher dispatcher;
    private final InFlight inFlight;
    private final LeaseKeeper leases;
    private final EndingWriter writer;
    private final Housekeeper housekeeper;
    private final Invoker invoker;
    private volatile boolean running;

    DispatchLifecycle(
            Dispatcher dispatcher,
            InFlight inFlight,
            LeaseKeeper leases,
            EndingWriter writer,
            Housekeeper housekeeper,
            Invoker invoker) {
        this.dispatcher = dispatcher;
        this.inFlight = inFlight;
        this.leases = leases;
        this.writer = writer;
        this.housekeeper = housekeeper;
        this.invoker = invoker;
    }

    @Override
    public void start() {
        running = true;
        writer.start();
        leases.start();
        housekeeper.start();
        dispatcher.start();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        dispatcher.close();
        inFlight.attempts().forEach(attempt -> attempt.returnUnlessStarted(invoker));
    }

    @Override
    public void stop() {
        dispatcher.close();
        try {
            awaitEnds();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leases.stop();
        housekeeper.stop();
        writer.stop();
        running = false;
    }

    private void awaitEnds() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (inFlight.size() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
        }
        if (inFlight.size() > 0) {
            LOG.warn("{} asynchronous invocations did not end; others run them again", inFlight.size());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Behind the scheduler, which ends what runs, and the watch; before the records and the database. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 2;
    }
}

package dev.mayfly.scheduling;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the scheduler when the application stops: before everything else, so that the web server still answers, new
 * invocations with a refusal and running ones with their results.
 */
final class SchedulerLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerLifecycle.class);

    private final Scheduler scheduler;
    private final Duration drainTimeout;
    private volatile boolean running;

    SchedulerLifecycle(Scheduler scheduler, Duration drainTimeout) {
        this.scheduler = scheduler;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        try {
            if (!scheduler.drain(drainTimeout)) {
                LOG.warn("Invocations did not end within {} and were interrupted", drainTimeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

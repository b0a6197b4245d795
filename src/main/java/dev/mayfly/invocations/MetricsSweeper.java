package dev.mayfly.invocations;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.functions.VersionSelector;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Removes the meters of functions that were deleted, by whichever process. */
final class MetricsSweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsSweeper.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InvocationMetrics metrics;
    private final FunctionCatalog catalog;
    private final Thread thread = Thread.ofVirtual().name("invocation-metrics").unstarted(this::sweepForever);

    MetricsSweeper(InvocationMetrics metrics, FunctionCatalog catalog) {
        this.metrics = metrics;
        this.catalog = catalog;
    }

    private void sweepForever() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                sweep();
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    /** Looks at each function once. */
    void sweep() {
        try {
            metrics.functions().stream().filter(this::isGone).forEach(metrics::forget);
        } catch (RuntimeException e) {
            LOG.warn("Cannot tell which functions were deleted; their metrics stay for now", e);
        }
    }

    private boolean isGone(String function) {
        try {
            catalog.resolve(new FunctionName(function), VersionSelector.LIVE);
            return false;
        } catch (VersionNotFoundException e) {
            return false;
        } catch (FunctionNotFoundException e) {
            return true;
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}

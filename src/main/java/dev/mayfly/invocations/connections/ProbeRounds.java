package dev.mayfly.invocations.connections;

import dev.mayfly.invocations.streams.BytePipe;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Has every request that waits for its invocation look after it at an interval. One thread makes the rounds: a timer per
 * request would be set and cancelled thousands of times per second, waking a thread of the JVM each time, and hardly ever
 * go off.
 */
public final class ProbeRounds implements SmartLifecycle {

    private final String name;
    private final Duration interval;
    private final Set<BytePipe> waiting = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;

    /**
     * Rounds that have not begun.
     *
     * @param name of the thread that makes them
     * @param interval between two of them
     */
    public ProbeRounds(String name, Duration interval) {
        this.name = name;
        this.interval = interval;
    }

    /** Waits until an output is full or at its end, or until the next round comes by. */
    public BytePipe.Fill awaitFullOrEnd(BytePipe output) {
        waiting.add(output);
        try {
            return output.awaitFullOrEnd();
        } finally {
            waiting.remove(output);
        }
    }

    private void makeRounds() {
        try {
            while (true) {
                Thread.sleep(interval);
                waiting.forEach(BytePipe::nudge);
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::makeRounds);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}

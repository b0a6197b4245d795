package dev.mayfly.sandbox;

import dev.mayfly.wasi.Clocks;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The clocks of one instance, made when it starts, by the thread that runs it. */
public final class HostClocks implements Clocks {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Some language runtimes take a monotonic time of 0 for a broken clock. */
    private static final long FIRST_MONOTONIC_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final InstantSource wallClock;
    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = threadCpuNanos();

    public HostClocks(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    @Override
    public long realtime() {
        Instant now = wallClock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Counts from the instance's start, so that it says nothing about the host. */
    @Override
    public long monotonic() {
        return System.nanoTime() - startNanos + FIRST_MONOTONIC_NANOS;
    }

    @Override
    public long cpuTime() {
        return threadCpuNanos() - startCpuNanos;
    }

    private static long threadCpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }
}

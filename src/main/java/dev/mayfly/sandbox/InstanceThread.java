package dev.mayfly.sandbox;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread that may run instances. An engine in this process runs the guest's calls on the stack of the thread that
 * calls {@link ExecutableModule#run}; on a thread with less stack than the guest may use, a guest's recursion would run
 * into the JVM's own guard pages and end the process. So engines refuse other threads.
 */
public final class InstanceThread extends Thread {

    /** What the host's part of a call needs at least, below the guest's frames. */
    private static final long HOST_STACK_BYTES = 2L << 20;

    /** Address space; memory is used only as far as a stack grows. */
    private static final long STACK_BYTES = InstanceLimits.MAX_STACK_BYTES + HOST_STACK_BYTES;

    public InstanceThread(Runnable task, String name) {
        super(null, task, name, STACK_BYTES, false);
    }

    /** Makes daemon threads with numbered names. */
    public static ThreadFactory factory(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            InstanceThread thread = new InstanceThread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Checks that the current thread is one of these.
     *
     * @throws IllegalStateException if it is not
     */
    public static void requireCurrent() {
        if (!(Thread.currentThread() instanceof InstanceThread)) {
            throw new IllegalStateException("instances run on an InstanceThread, not on " + Thread.currentThread());
        }
    }
}

package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Claim;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.Invoker;
import org.jspecify.annotations.Nullable;

/** An attempt that is being made in this process. Others may tell it to end; thread-safe. */
final class Attempt {

    private final Claim claim;
    private @Nullable Invocation invocation;
    private boolean stopped;
    private boolean returning;

    Attempt(Claim claim) {
        this.claim = claim;
    }

    Claim claim() {
        return claim;
    }

    /**
     * It has been admitted.
     *
     * @return whether it may go on
     */
    synchronized boolean begin(Invocation admitted) {
        invocation = admitted;
        return !stopped;
    }

    /** Ends it, or keeps it from being made. */
    void cancel(Invoker invoker) {
        stop(invoker, false);
    }

    /** Ends it if it waits for a slot: it goes back to the queue. */
    void returnUnlessStarted(Invoker invoker) {
        Invocation admitted;
        synchronized (this) {
            admitted = invocation;
        }
        if (admitted == null || admitted.interruption().isEmpty()) {
            stop(invoker, true);
        }
    }

    private void stop(Invoker invoker, boolean back) {
        Invocation admitted;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            returning = back;
            admitted = invocation;
        }
        if (admitted != null) {
            invoker.cancel(admitted);
        }
    }

    /** Whether it was told to go back to the queue. */
    synchronized boolean isReturning() {
        return returning;
    }
}

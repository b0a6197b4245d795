package dev.mayfly.vmm;

import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.WakeableThread;

/**
 * One instance's way to be ended from another thread. It never reaches the instance after it: once that instance is
 * over, a request does nothing. {@code docs/interrupts.md} draws how. Thread-safe.
 */
public final class Interrupt {

    private final WakeableThread thread;
    private volatile boolean requested;
    private boolean over;

    Interrupt(WakeableThread thread) {
        this.thread = thread;
    }

    /** Ends the instance as soon as it is in guest code, or would return to it. Does nothing the second time. */
    public synchronized void request() throws VmmException {
        if (over || requested) {
            return;
        }
        // First the reason, then the signal: whoever finds the signal finds the reason.
        requested = true;
        try {
            thread.wake();
        } catch (NativeException e) {
            throw new VmmException("cannot interrupt a machine", e);
        }
    }

    boolean isRequested() {
        return requested;
    }

    /** No signal is sent from here on; those that were sent are taken back. Called by the instance's thread. */
    void finish() throws NativeException {
        boolean sent;
        synchronized (this) {
            sent = requested && !over;
            over = true;
        }
        if (sent) {
            thread.drain();
        }
    }
}

package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A thread that keeps one real-time signal blocked, so that it waits there until the thread enters a system call that
 * lets it through, which then ends with {@code EINTR}. No signal handler ever runs.
 *
 * <p>The signal is ignored process-wide, so that one that reaches a thread which does not block it does nothing at all.
 * A blocked signal waits even if it is ignored.
 */
public final class WakeableThread {

    /**
     * Far from those that the C library uses for itself (32 to 34), and no JVM uses real-time signals. Standard signals
     * would not do: the JVM, and agents in it, have handlers for them.
     */
    static final int SIGNAL = 61;

    private static final int SIG_BLOCK = 0;
    private static final long SIG_DFL = 0;
    private static final long SIG_IGN = 1;
    private static final int SIGSET_BYTES = 128;
    private static final int TIMESPEC_BYTES = 16;

    private final LibC libc;
    private final int process;
    private final int thread;
    private final Thread owner;
    private final long maskWhileListening;

    private WakeableThread(LibC libc, int thread, long maskWhileListening) {
        this.libc = libc;
        this.process = Math.toIntExact(ProcessHandle.current().pid());
        this.thread = thread;
        this.owner = Thread.currentThread();
        this.maskWhileListening = maskWhileListening;
    }

    /** Blocks the signal in the current thread, for as long as that lives. */
    static WakeableThread attach(LibC libc) throws NativeException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread has no signals of its own: use a platform thread");
        }
        ignoreProcessWide(libc);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate(SIGSET_BYTES, Long.BYTES);
            NativeException.check(libc.pthreadSigmask(SIG_BLOCK, signalSet(arena), before), "pthread_sigmask");
            return new WakeableThread(libc, libc.gettid(), before.get(JAVA_LONG, 0) & ~bit());
        }
    }

    private static void ignoreProcessWide(LibC libc) throws NativeException {
        long before = NativeException.check(libc.signal(SIGNAL, SIG_IGN), "signal " + SIGNAL);
        if (before != SIG_DFL && before != SIG_IGN) {
            libc.signal(SIGNAL, before);
            throw new IllegalStateException("signal " + SIGNAL + " already has a handler in this process");
        }
    }

    /** The kernel's 64-bit mask of the signals that stay blocked while the thread is to be woken by {@link #wake}. */
    public long maskWhileListening() {
        return maskWhileListening;
    }

    /** Wakes the thread: out of the system call that lets the signal through, or the next one. Thread-safe. */
    public void wake() throws NativeException {
        int result = libc.tgkill(process, thread, SIGNAL);
        if (result != -Errno.ESRCH.number()) { // a thread that is gone needs no waking
            NativeException.check(result, "tgkill");
        }
    }

    /**
     * Takes back a {@link #wake} that no system call has answered, or that one has: the signal waits either way.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/sigtimedwait.2.html">sigtimedwait(2)</a>
     */
    public void drain() throws NativeException {
        if (Thread.currentThread() != owner) {
            throw new WrongThreadException("signals can be taken only by the thread they were sent to");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = signalSet(arena);
            MemorySegment now = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            int result;
            do {
                // Real-time signals queue, so there may be more than one. EINTR is the JVM's own signals passing by.
                result = libc.sigtimedwait(set, MemorySegment.NULL, now);
            } while (result == SIGNAL || result == -Errno.EINTR.number());
            if (result != -Errno.EAGAIN.number()) {
                NativeException.check(result, "sigtimedwait");
            }
        }
    }

    private static MemorySegment signalSet(Arena arena) {
        MemorySegment set = arena.allocate(SIGSET_BYTES, Long.BYTES);
        set.set(JAVA_LONG, 0, bit());
        return set;
    }

    private static long bit() {
        return 1L << (SIGNAL - 1);
    }
}

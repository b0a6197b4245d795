package dev.mayfly.vmm;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has been acquired so far on the way to something that needs all of it. Closing gives it back, the latest first,
 * unless {@link #complete} was reached: whatever goes wrong in between, nothing is left behind.
 */
final class Acquisition implements AutoCloseable {

    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Adds a part by the way to give it back. */
    void add(Runnable close) {
        undo.push(close);
    }

    /** Hands everything over to the result, which is to give it back from here on. */
    <T> T complete(T result) {
        undo.clear();
        return result;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!undo.isEmpty()) {
            failure = close(undo.pop(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException close(Runnable close, @Nullable RuntimeException failure) {
        try {
            close.run();
            return failure;
        } catch (RuntimeException e) {
            return failure == null ? e : failure;
        }
    }
}

package dev.mayfly.disks;

import dev.mayfly.disk.layout.DiskImageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Unpacks images: on the virtual thread of a request it would keep a carrier thread busy for long. */
final class PlatformThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("disk-", 1).factory());

    /** What is done. */
    interface Work<T> {
        T run() throws IOException, DiskImageException;
    }

    <T> T run(Work<T> work) throws IOException, DiskImageException {
        try {
            return threads.submit(work::run).get();
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an image was read");
        }
    }

    private static RuntimeException rethrown(ExecutionException e) throws IOException, DiskImageException {
        switch (e.getCause()) {
            case IOException io -> throw io;
            case DiskImageException image -> throw image;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}

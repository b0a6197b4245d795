package dev.mayfly.functions;

import dev.mayfly.artifacts.ModuleProperties;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ModuleConstraintException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Bounds how many modules are decoded, validated and compiled for publishing at once, and does it on platform threads:
 * on the virtual thread of a request it would keep a carrier thread busy for seconds, and all other requests with it.
 */
@Component
class CompilationSlots implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** The work of a slot. */
    interface Work<T> {
        T run() throws IOException, ModuleException, ModuleConstraintException, EngineException;
    }

    private final int slots;
    private final Duration patience;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("publish-", 1).factory());

    CompilationSlots(ModuleProperties properties) {
        this.slots = properties.maxConcurrentCompilations();
        this.patience = properties.compilationWait();
        this.free = new Semaphore(slots, true);
    }

    /**
     * Waits for a slot, then works in it.
     *
     * @throws UploadCapacityException if none came free in time
     */
    <T> T run(Work<T> work)
            throws IOException, ModuleException, ModuleConstraintException, EngineException, InterruptedException {
        if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new UploadCapacityException("mayfly.modules.max-concurrent-compilations", slots, RETRY_AFTER);
        }
        try {
            return threads.submit(() -> work(work)).get();
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    /** Frees the slot when the work has ended, not when nobody waits for it any more. */
    private <T> T work(Work<T> work) throws IOException, ModuleException, ModuleConstraintException, EngineException {
        try {
            return work.run();
        } finally {
            free.release();
        }
    }

    private static RuntimeException rethrown(ExecutionException e)
            throws IOException, ModuleException, ModuleConstraintException, EngineException {
        switch (e.getCause()) {
            case IOException io -> throw io;
            case ModuleException module -> throw module;
            case ModuleConstraintException constraint -> throw constraint;
            case EngineException engine -> throw engine;
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

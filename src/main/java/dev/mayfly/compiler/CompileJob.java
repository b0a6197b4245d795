package dev.mayfly.compiler;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the functions of one module, each worker taking the next one that nobody has. As they are taken in order, every
 * function before one that fails has been taken, so that the first failure is always the same.
 */
final class CompileJob {

    /** How one function is compiled. */
    @FunctionalInterface
    interface Step {
        CompiledFunction compile(int body) throws IOException, ModuleException;
    }

    private final Step step;
    private final int count;
    private final AtomicReferenceArray<CompiledFunction> compiled;
    private final AtomicInteger next = new AtomicInteger();
    private @Nullable Failure failure;

    /** What went wrong with a function. */
    private record Failure(int body, Exception cause) {}

    CompileJob(int count, Step step) {
        this.count = count;
        this.step = step;
        this.compiled = new AtomicReferenceArray<>(count);
    }

    List<CompiledFunction> run(ExecutorService executor, int parallelism)
            throws IOException, ModuleException, InterruptedException {
        int workers = Math.min(parallelism, count);
        List<Callable<Integer>> tasks = IntStream.range(0, workers)
                .<Callable<Integer>>mapToObj(worker -> this::work)
                .toList();
        for (Future<Integer> worker : executor.invokeAll(tasks)) {
            finish(worker);
        }
        throwFailure();
        return IntStream.range(0, count).mapToObj(compiled::get).toList();
    }

    /** Says how many functions this worker compiled. */
    private int work() throws InterruptedException {
        int done = 0;
        int body = next.getAndIncrement();
        while (body < count && isWanted(body)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                compiled.set(body, step.compile(body));
                done++;
            } catch (IOException | ModuleException | RuntimeException e) {
                fail(new Failure(body, e));
            }
            body = next.getAndIncrement();
        }
        return done;
    }

    private static void finish(Future<Integer> worker) throws InterruptedException {
        try {
            worker.get();
        } catch (CancellationException e) {
            throw new InterruptedException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new InterruptedException();
        }
    }

    /** What comes before a failure may be an earlier one. */
    private synchronized boolean isWanted(int body) {
        return failure == null || body < failure.body;
    }

    private synchronized void fail(Failure other) {
        if (failure == null || other.body < failure.body) {
            failure = other;
        }
    }

    private synchronized void throwFailure() throws IOException, ModuleException {
        if (failure == null) {
            return;
        }
        switch (failure.cause) {
            case IOException cause -> throw cause;
            case ModuleException cause -> throw cause;
            case RuntimeException cause -> throw cause;
            default -> throw new IllegalStateException(failure.cause);
        }
    }
}

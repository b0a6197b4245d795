package dev.mayfly.artifacts;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Executable modules in a cache bounded by their weight.
 *
 * <p>Whoever finds no entry puts a future in its place and completes it by loading, on its own thread and outside of the
 * cache's locks; all others wait for that future. A future that fails removes itself. Entries count their users, and
 * the cache is one of them: what it evicts stays open until the last lease is closed. Someone who finds an entry just
 * when its last user leaves cannot use it any more, and asks again.
 */
final class CachingExecutableModules implements ExecutableModules, AutoCloseable {

    private static final long BYTES_PER_WEIGHT_UNIT = 1024;

    private record Key(ContentDigest digest, InstanceLimits limits) {}

    /** Makes the executable of a key. */
    private interface Load {
        SharedExecutable run() throws IOException, ModuleException, EngineException;
    }

    /** Ends a load for those who wait. The cache logs all other exceptions; this one is handled by who asked. */
    private static final class LoadFailure extends CancellationException {

        private static final long serialVersionUID = 1L;

        LoadFailure(Throwable cause) {
            initCause(cause);
        }
    }

    /** How a load ended: one of the two is there. */
    private record Attempt(
            @Nullable SharedExecutable executable, @Nullable Throwable failure) {}

    private record Acquired(SharedExecutable executable, boolean cold) {}

    private final ModuleLoader loader;
    private final AsyncCache<Key, SharedExecutable> cache;

    CachingExecutableModules(ModuleLoader loader, long maxWeightBytes, MeterRegistry meters) {
        this.loader = loader;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxWeightBytes / BYTES_PER_WEIGHT_UNIT)
                .weigher((Key key, SharedExecutable executable) -> units(executable.weight()))
                .removalListener(CachingExecutableModules::removed)
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
        CaffeineCacheMetrics.monitor(meters, cache, "executables");
        Gauge.builder("mayfly.executables.weight", this, CachingExecutableModules::weightBytes)
                .description("Memory held by cached executable modules")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public ExecutableLease acquire(ContentDigest digest, InstanceLimits limits)
            throws ModuleException, IOException, EngineException {
        Acquired acquired = use(new Key(digest, limits), () -> loader.load(digest, limits));
        return acquired.executable().lease(acquired.cold());
    }

    @Override
    public Duration warm(ContentDigest digest, Module module, Path binary, InstanceLimits limits)
            throws ModuleException, EngineException {
        try {
            Acquired acquired = use(new Key(digest, limits), () -> loader.compile(digest, module, binary, limits));
            acquired.executable().release();
            return acquired.cold() ? acquired.executable().compilation() : Duration.ZERO;
        } catch (IOException e) {
            // Of an invocation that loads the same module at this moment.
            throw new EngineException("the module could not be loaded", e);
        }
    }

    @Override
    public void close() {
        cache.synchronous().invalidateAll();
    }

    private Acquired use(Key key, Load load) throws IOException, ModuleException, EngineException {
        while (true) {
            CompletableFuture<SharedExecutable> mine = new CompletableFuture<>();
            CompletableFuture<SharedExecutable> current = cache.get(key, (k, executor) -> mine);
            if (current == mine) {
                return new Acquired(complete(mine, load), true);
            }
            SharedExecutable found = await(current);
            if (found.tryUse()) {
                return new Acquired(found, false);
            }
        }
    }

    private static SharedExecutable complete(CompletableFuture<SharedExecutable> entry, Load load)
            throws IOException, ModuleException, EngineException {
        try {
            SharedExecutable loaded = load.run();
            loaded.tryUse(); // ours, beside the cache's: completing the entry may evict it at once
            entry.complete(loaded);
            return loaded;
        } catch (Throwable e) {
            entry.completeExceptionally(new LoadFailure(e));
            throw e;
        }
    }

    private static SharedExecutable await(CompletableFuture<SharedExecutable> entry)
            throws IOException, ModuleException, EngineException {
        Attempt attempt = entry.handle(Attempt::new).join();
        if (attempt.executable() != null) {
            return attempt.executable();
        }
        // A new exception for each who waits, since they may be handled by different threads at once.
        Throwable cause = attempt.failure() instanceof LoadFailure load ? load.getCause() : attempt.failure();
        switch (cause) {
            case ModuleException refusal -> throw refusal;
            case EngineException engine -> throw new EngineException(String.valueOf(engine.getMessage()), engine);
            case NoSuchFileException missing -> throw new NoSuchFileException(missing.getFile());
            case IOException io -> throw new IOException(io.getMessage(), io);
            case null, default -> throw new IllegalStateException("a module could not be loaded", cause);
        }
    }

    private static void removed(@Nullable Key key, @Nullable SharedExecutable executable, RemovalCause cause) {
        if (executable != null) {
            executable.release();
        }
    }

    private double weightBytes() {
        return cache.synchronous()
                .policy()
                .eviction()
                .map(eviction -> (double) eviction.weightedSize().orElse(0) * BYTES_PER_WEIGHT_UNIT)
                .orElse(0.0);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(bytes, BYTES_PER_WEIGHT_UNIT));
    }
}

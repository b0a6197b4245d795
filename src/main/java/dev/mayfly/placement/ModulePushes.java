package dev.mayfly.placement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.scheduling.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;

/** Gives modules to workers that lack them: once to each, however many wait for it. Thread-safe. */
final class ModulePushes {

    private static final int REMEMBERED = 10_000;
    private static final int MOST_OF_AN_ANSWER = 64 * 1024;

    private record Key(UUID instance, ModuleDigest digest) {}

    /** A worker did not take a module, for now. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final WorkerClient client;
    private final ArtifactStore store;
    private final Duration timeout;
    private final NanoClock clock;
    private final Runnable counter;
    private final Map<Key, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final Cache<Key, Long> finished =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * Nothing is pushed yet.
     *
     * @param timeout how long one push may take
     * @param counter is run for each
     */
    ModulePushes(WorkerClient client, ArtifactStore store, Duration timeout, NanoClock clock, Runnable counter) {
        this.client = client;
        this.store = store;
        this.timeout = timeout;
        this.clock = clock;
        this.counter = counter;
    }

    /**
     * Sees to it that a worker gets a module, unless it got it since a moment.
     *
     * @param sinceNanos when it lacked the module, or before
     * @throws java.nio.file.NoSuchFileException if there is no such module
     * @throws RefusedException if the worker cannot take it
     * @throws IOException if it cannot be read here, or the worker is not reached
     */
    void push(Worker worker, UUID instance, ModuleDigest digest, long sinceNanos) throws IOException {
        Key key = new Key(instance, digest);
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> current = running.putIfAbsent(key, mine);
        if (current != null) {
            await(current);
            return;
        }
        try {
            Long before = finished.getIfPresent(key);
            if (before == null || before - sinceNanos < 0) {
                send(worker, key);
                finished.put(key, clock.nanoTime());
            }
            mine.complete(null);
        } catch (IOException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key);
        }
    }

    private static void await(CompletableFuture<Void> push) throws IOException {
        try {
            push.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RefusedException refused
                    ? refused
                    : new IOException("the module was not pushed", e.getCause());
        }
    }

    private void send(Worker worker, Key key) throws IOException {
        HttpPut request = new HttpPut(ClusterPaths.module(key.digest()));
        request.setConfig(WorkerClient.within(timeout));
        Transfer transfer = new Transfer(request, clock.nanoTime() + timeout.toNanos());
        worker.transfer(transfer);
        try (InputStream module = store.open(key.digest())) {
            request.setEntity(new InputStreamEntity(module, -1, ContentType.APPLICATION_OCTET_STREAM));
            ContentHash hash = new ContentHash(key.digest().hex());
            try (WorkerAnswer answer = client.send(worker.address(), Optional.of(key.instance()), request, hash)) {
                answer.content().readNBytes(MOST_OF_AN_ANSWER);
                conclude(worker, key.digest(), answer);
            }
        } finally {
            worker.transferred(transfer);
        }
    }

    private void conclude(Worker worker, ModuleDigest digest, WorkerAnswer answer) throws RefusedException {
        answer.load().ifPresent(worker::note);
        if (!answer.isSuccess()) {
            throw new RefusedException("answered " + answer.response().getCode() + " to module " + digest);
        }
        counter.run();
        worker.holds(digest);
    }

    private record Transfer(HttpPut request, long deadlineNanos) implements Pending {

        @Override
        public boolean isOverdue(long nowNanos) {
            return nowNanos - deadlineNanos >= 0;
        }

        @Override
        public void abort() {
            request.cancel();
        }
    }
}

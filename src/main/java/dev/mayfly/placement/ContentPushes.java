package dev.mayfly.placement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.PerKind;
import dev.mayfly.scheduling.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;

/** Gives contents to workers that lack them: once to each, however many wait for it. Thread-safe. */
final class ContentPushes {

    private static final int REMEMBERED = 10_000;
    private static final int MOST_OF_AN_ANSWER = 64 * 1024;

    private record Key(UUID instance, Content content) {}

    /** A worker did not take something. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        /** Why it did not. */
        enum Why {
            /** It cannot just now. */
            BUSY,
            /** It has no room. */
            NO_ROOM,
            /** It would not take it another time either. */
            UNABLE
        }

        private final Why why;

        RefusedException(Why why, String message) {
            super(message);
            this.why = why;
        }

        Why why() {
            return why;
        }
    }

    /** What a worker lacks cannot be read here, which is not the worker's fault. */
    static final class UnreadableException extends IOException {

        private static final long serialVersionUID = 1L;

        UnreadableException(Exception cause) {
            super("cannot be read", cause);
        }
    }

    private final WorkerClient client;
    private final PerKind<ArtifactStore> stores;
    private final Duration timeout;
    private final NanoClock clock;
    private final Consumer<Content.Kind> counter;
    private final Map<Key, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final Cache<Key, Long> finished =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /**
     * Nothing is pushed yet.
     *
     * @param stores where contents are
     * @param timeout how long a push may go on without progress
     * @param counter is told of each
     */
    ContentPushes(
            WorkerClient client,
            PerKind<ArtifactStore> stores,
            Duration timeout,
            NanoClock clock,
            Consumer<Content.Kind> counter) {
        this.client = client;
        this.stores = stores;
        this.timeout = timeout;
        this.clock = clock;
        this.counter = counter;
    }

    /**
     * Sees to it that a worker gets something, unless it got it since a moment. It is sent whether or not anybody goes on
     * waiting for it.
     *
     * @param sinceNanos when it lacked it, or before
     * @return fails with an {@link UnreadableException} if it is not here, or cannot be read, a {@link RefusedException} if
     *     the worker does not take it, and another {@link IOException} if the worker is not reached
     */
    CompletableFuture<Void> push(Worker worker, UUID instance, Content content, long sinceNanos) {
        Key key = new Key(instance, content);
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> current = running.putIfAbsent(key, mine);
        if (current != null) {
            return current;
        }
        Thread.ofVirtual().name("push").start(() -> run(worker, key, sinceNanos, mine));
        return mine;
    }

    private void run(Worker worker, Key key, long sinceNanos, CompletableFuture<Void> push) {
        try {
            Long before = finished.getIfPresent(key);
            if (before == null || before - sinceNanos < 0) {
                send(worker, key);
                finished.put(key, clock.nanoTime());
            }
            push.complete(null);
        } catch (IOException | RuntimeException e) {
            push.completeExceptionally(e);
        } finally {
            running.remove(key);
        }
    }

    private void send(Worker worker, Key key) throws IOException {
        Content content = key.content();
        HttpPut request = new HttpPut(content.path());
        request.setConfig(WorkerClient.askingFirst(timeout));
        request.setHeader(HttpHeaders.IF_NONE_MATCH, "*");
        try (ContentEntity entity = open(content)) {
            request.setEntity(entity);
            Transfer transfer = new Transfer(request, entity, timeout.toNanos());
            worker.transfer(transfer);
            ContentHash hash = new ContentHash(content.digest().hex());
            try (WorkerAnswer answer = client.send(worker.address(), Optional.of(key.instance()), request, hash)) {
                answer.content().readNBytes(MOST_OF_AN_ANSWER);
                conclude(worker, content, answer, entity);
            } finally {
                worker.transferred(transfer);
            }
        }
    }

    private ContentEntity open(Content content) throws UnreadableException {
        try {
            return open(stores.of(content.kind()), content.digest());
        } catch (IOException | RuntimeException e) {
            throw new UnreadableException(e);
        }
    }

    private ContentEntity open(ArtifactStore store, ContentDigest digest) throws IOException {
        InputStream bytes = store.open(digest);
        try {
            return new ContentEntity(bytes, store.size(digest), clock);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private void conclude(Worker worker, Content content, WorkerAnswer answer, ContentEntity entity)
            throws RefusedException {
        answer.load().ifPresent(worker::note);
        int status = answer.response().getCode();
        if (!answer.isSuccess() && status != HttpStatus.SC_PRECONDITION_FAILED) {
            throw new RefusedException(why(answer, status), "answered " + status + " to " + content);
        }
        if (entity.isSent()) {
            counter.accept(content.kind());
        }
        worker.holds(content);
    }

    private static RefusedException.Why why(WorkerAnswer answer, int status) {
        if (answer.refusal().isPresent()) {
            return RefusedException.Why.BUSY;
        }
        return status == HttpStatus.SC_INSUFFICIENT_STORAGE
                ? RefusedException.Why.NO_ROOM
                : RefusedException.Why.UNABLE;
    }

    private record Transfer(HttpPut request, ContentEntity entity, long mostNanos) implements Pending {

        @Override
        public boolean isOverdue(long nowNanos) {
            return nowNanos - entity.progressNanos() >= mostNanos;
        }

        @Override
        public void abort() {
            request.cancel();
        }
    }
}

package dev.mayfly.workers;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ArtifactTooLargeException;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import dev.mayfly.artifacts.UploadException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Takes in contents of one kind. Nothing is believed of them: they are hashed and checked as if nobody had before. Who
 * sends asks first whether it is to (100-continue), so what is not wanted is not sent.
 */
final class ContentEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContentEndpoint.class);

    /** Less than control planes wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ArtifactStore store;
    private final ContentCache cache;
    private final ContentRules rules;
    private final Semaphore slots;
    private final Arrivals arrivals = new Arrivals();

    /** Checking takes a processor for seconds; on the virtual thread of a request that would be all requests' processor. */
    private final ExecutorService threads;

    ContentEndpoint(ArtifactStore store, ContentCache cache, ContentRules rules) {
        this.store = store;
        this.cache = cache;
        this.rules = rules;
        this.slots = new Semaphore(rules.maxArrivals());
        this.threads = Executors.newFixedThreadPool(
                rules.maxChecks(),
                Thread.ofPlatform().daemon().name("content-check-", 1).factory());
    }

    /**
     * Takes content in, unless it is here. While another control plane sends the same, that is waited for.
     *
     * @throws IOException if the control plane is gone
     */
    void put(ContentDigest digest, Exchange exchange) throws IOException {
        while (!cache.has(digest)) {
            if (arrivals.begin(digest)) {
                try {
                    answer(digest, exchange);
                } finally {
                    arrivals.end(digest);
                }
                return;
            }
            if (!arrivals.await(digest, PATIENCE)) {
                exchange.unread().refuse(Refusal.BUSY);
                return;
            }
        }
        exchange.unread().begin(statusOfThere(exchange));
    }

    /** A sender that asked for an error does not send, which one that hears of success may do all the same. */
    private static int statusOfThere(Exchange exchange) {
        boolean onlyIfMissing = exchange.request().getHeader(HttpHeaders.IF_NONE_MATCH) != null;
        return onlyIfMissing ? HttpServletResponse.SC_PRECONDITION_FAILED : HttpServletResponse.SC_NO_CONTENT;
    }

    private void answer(ContentDigest digest, Exchange exchange) throws IOException {
        long announced = exchange.request().getContentLengthLong();
        if (cache.has(digest)) {
            exchange.unread().begin(statusOfThere(exchange));
        } else if (exchange.self().isDraining()) {
            exchange.unread().refuse(Refusal.DRAINING);
        } else if (announced > cache.capacity()) {
            exchange.unread().fail(doesNotFit());
        } else if (!slots.tryAcquire()) {
            exchange.unread().refuse(Refusal.BUSY);
        } else {
            try {
                receiveIfThereIsRoom(digest, exchange, Math.max(announced, 0));
            } finally {
                slots.release();
            }
        }
    }

    /** There is room before anything is sent, so that files on their way do not take more than the cache may. */
    private void receiveIfThereIsRoom(ContentDigest digest, Exchange exchange, long bytes) throws IOException {
        Optional<ContentCache.Reservation> room = cache.reserve(bytes);
        if (room.isEmpty()) {
            exchange.unread().refuse(Refusal.BUSY);
            return;
        }
        try (ContentCache.Reservation reservation = room.get()) {
            receive(digest, exchange, reservation);
        }
    }

    private void receive(ContentDigest digest, Exchange exchange, ContentCache.Reservation room) throws IOException {
        try (StagedArtifact staged = store.stage(exchange.request().getInputStream(), rules.maxBytes())) {
            if (!staged.digest().equals(digest)) {
                exchange.fail(new ProblemException(ProblemType.INVALID_REQUEST, "The bytes have another digest."));
            } else if (staged.size() > cache.capacity()) {
                exchange.fail(doesNotFit());
            } else {
                check(staged.file());
                room.close();
                take(staged, exchange);
            }
        } catch (ArtifactTooLargeException e) {
            exchange.fail(new ProblemException(
                    ProblemType.MODULE_TOO_LARGE, "There may be " + rules.maxBytes() + " bytes at most."));
        } catch (UploadException gone) {
            throw gone;
        } catch (InvalidContentException e) {
            LOG.warn("Refused {}: {}", digest, e.getMessage());
            exchange.fail(new ProblemException(rules.invalid(), "It is not valid here."));
        } catch (IOException e) {
            LOG.error("{} could not be stored", digest, e);
            exchange.fail(new ProblemException(ProblemType.STORAGE_FULL, "It could not be stored."));
        }
    }

    private void take(StagedArtifact staged, Exchange exchange) throws IOException {
        if (cache.add(staged)) {
            rules.received().increment();
            exchange.begin(201);
        } else {
            exchange.refuse(Refusal.BUSY);
        }
    }

    private ProblemException doesNotFit() {
        return new ProblemException(ProblemType.STORAGE_FULL, "It does not fit into " + rules.budget() + ".");
    }

    private void check(Path file) throws IOException, InvalidContentException {
        try {
            threads.submit(() -> {
                        rules.check().check(file);
                        return file;
                    })
                    .get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case InvalidContentException refusal -> throw refusal;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UploadException(new IOException(e));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

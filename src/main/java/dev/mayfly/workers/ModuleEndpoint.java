package dev.mayfly.workers;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ArtifactTooLargeException;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.artifacts.ModuleProperties;
import dev.mayfly.artifacts.StagedArtifact;
import dev.mayfly.artifacts.UploadException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.wasm.ModuleException;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in modules. Nothing is believed of them: they are hashed, decoded and validated as if nobody had before. */
final class ModuleEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleEndpoint.class);

    private final ArtifactStore store;
    private final ModuleCache modules;
    private final ModuleInspector inspector;
    private final long maxBytes;
    private final Semaphore uploads;
    private final Counter received;

    /** Validating takes a processor for seconds; on the virtual thread of a request that would be all requests' processor. */
    private final ExecutorService threads;

    ModuleEndpoint(
            ArtifactStore store,
            ModuleCache modules,
            ModuleInspector inspector,
            ModuleProperties properties,
            Counter received) {
        this.store = store;
        this.modules = modules;
        this.inspector = inspector;
        this.maxBytes = properties.maxSize().toBytes();
        this.uploads = new Semaphore(properties.maxConcurrentUploads());
        this.received = received;
        this.threads = Executors.newFixedThreadPool(
                properties.maxConcurrentCompilations(),
                Thread.ofPlatform().daemon().name("module-check-", 1).factory());
    }

    /**
     * Takes a module in, unless it is here.
     *
     * @throws IOException if the control plane is gone
     */
    void put(ModuleDigest digest, Exchange exchange) throws IOException {
        if (modules.has(digest)) {
            exchange.begin(204);
        } else if (exchange.self().isDraining()) {
            exchange.refuse(Refusal.DRAINING);
        } else if (!uploads.tryAcquire()) {
            exchange.refuse(Refusal.BUSY);
        } else {
            try {
                receive(digest, exchange);
            } finally {
                uploads.release();
            }
        }
    }

    private void receive(ModuleDigest digest, Exchange exchange) throws IOException {
        try (StagedArtifact staged = store.stage(exchange.request().getInputStream(), maxBytes)) {
            if (!staged.digest().equals(digest)) {
                exchange.fail(new ProblemException(ProblemType.INVALID_REQUEST, "The bytes have another digest."));
                return;
            }
            inspect(staged.file());
            if (modules.add(staged)) {
                received.increment();
                exchange.begin(201);
            } else {
                exchange.fail(new ProblemException(
                        ProblemType.STORAGE_FULL, "The module does not fit into mayfly.worker.module-cache."));
            }
        } catch (ArtifactTooLargeException e) {
            exchange.fail(new ProblemException(
                    ProblemType.MODULE_TOO_LARGE, "A module may have " + maxBytes + " bytes at most."));
        } catch (UploadException gone) {
            throw gone;
        } catch (ModuleException e) {
            LOG.warn("Refused module {}: {}", digest, e.getMessage());
            exchange.fail(new ProblemException(ProblemType.MODULE_INVALID, "The module is not valid here."));
        } catch (IOException e) {
            LOG.error("Module {} could not be stored", digest, e);
            exchange.fail(new ProblemException(ProblemType.STORAGE_FULL, "The module could not be stored."));
        }
    }

    private void inspect(Path binary) throws IOException, ModuleException {
        try {
            threads.submit(() -> inspector.inspect(binary)).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case ModuleException refusal -> throw refusal;
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

package dev.mayfly.placement;

import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.invocations.streams.BytePipe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the input that did not go with the order, on a thread of its own, as fast as the worker takes it. That it fails
 * ends nothing here: an instance that reads no more need not, and one that waits for more has the worker see the failure.
 */
final class InputPump implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputPump.class);
    private static final int CHUNK = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final WorkerClient client;
    private final WorkerAddress address;
    private final UUID instance;
    private final BytePipe input;
    private final HttpPost request;
    private volatile boolean used;
    private volatile boolean closed;

    /**
     * A pump that does not run yet.
     *
     * @param instance the worker's process
     * @param order the input belongs to
     */
    InputPump(WorkerClient client, WorkerAddress address, UUID instance, UUID order, BytePipe input) {
        this.client = client;
        this.address = address;
        this.instance = instance;
        this.input = input;
        this.request = new HttpPost(ClusterPaths.input(order));
        request.setEntity(new EntityTemplate(-1, ContentType.APPLICATION_OCTET_STREAM, null, this::copy));
    }

    void start() {
        Thread.ofVirtual().name("input-pump").start(this::send);
    }

    /** Whether something of the input is gone, so that it cannot be sent again. */
    boolean isUsed() {
        return used;
    }

    private void send() {
        try (WorkerAnswer answer = client.send(address, Optional.of(instance), request, ContentHash.NONE)) {
            answer.content().readNBytes(CHUNK);
        } catch (IOException | RuntimeException e) {
            LOG.debug("Input for {} was not taken to its end", address, e);
        }
    }

    private void copy(OutputStream out) throws IOException {
        byte[] bytes = new byte[CHUNK];
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        int count = input.read(chunk, PATIENCE);
        while (count >= 0) {
            if (closed) {
                throw new InterruptedIOException("the execution has ended");
            }
            if (count > 0) {
                used = true;
                out.write(bytes, 0, count);
                out.flush();
            }
            chunk.clear();
            count = input.read(chunk, PATIENCE);
        }
        used = true;
    }

    @Override
    public void close() {
        closed = true;
        request.cancel();
    }
}

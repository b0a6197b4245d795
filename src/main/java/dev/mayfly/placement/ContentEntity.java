package dev.mayfly.placement;

import dev.mayfly.scheduling.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** Content that is streamed to a worker, and when that last went on. */
final class ContentEntity extends AbstractHttpEntity {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream content;
    private final long length;
    private final NanoClock clock;
    private volatile long progressNanos;
    private volatile boolean sent;

    /**
     * Content that was not sent yet.
     *
     * @param length in bytes
     */
    ContentEntity(InputStream content, long length, NanoClock clock) {
        super(ContentType.APPLICATION_OCTET_STREAM, null);
        this.content = content;
        this.length = length;
        this.clock = clock;
        this.progressNanos = clock.nanoTime();
    }

    /** When something was last sent; before, when it was made. */
    long progressNanos() {
        return progressNanos;
    }

    /** Whether the worker wanted it. */
    boolean isSent() {
        return sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        sent = true;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = read(buffer); count >= 0; count = read(buffer)) {
            out.write(buffer, 0, count);
            progressNanos = clock.nanoTime();
        }
    }

    private int read(byte[] buffer) throws ContentPushes.UnreadableException {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw new ContentPushes.UnreadableException(e);
        }
    }

    @Override
    public InputStream getContent() {
        return content;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}

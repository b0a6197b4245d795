package dev.mayfly.placement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** An order's head with the input behind it, which knows whether anything of the request can have left this process. */
final class OrderEntity extends AbstractHttpEntity {

    private final byte[] head;
    private final ByteBuffer input;
    private volatile boolean sent;

    OrderEntity(byte[] head, ByteBuffer input) {
        super(ContentType.APPLICATION_OCTET_STREAM, null);
        this.head = head;
        this.input = input;
    }

    /**
     * Whether some of the request may have been sent. Before the content, the head of the request is no more than in the
     * connection's buffer.
     */
    boolean isSent() {
        return sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        sent = true;
        out.write(head);
        byte[] bytes = new byte[input.remaining()];
        input.duplicate().get(bytes);
        out.write(bytes);
    }

    @Override
    public InputStream getContent() {
        byte[] bytes = new byte[input.remaining()];
        input.duplicate().get(bytes);
        return new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(bytes));
    }

    @Override
    public long getContentLength() {
        return head.length + (long) input.remaining();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {}
}

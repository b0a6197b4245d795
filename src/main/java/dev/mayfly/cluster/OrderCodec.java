package dev.mayfly.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Orders as bytes: the length of the version as a big-endian 32-bit integer, the version as JSON, the length of the rest,
 * the rest as JSON. The input follows in the same body, up to its end. Thread-safe.
 */
public final class OrderCodec {

    /** How long a head is at most, in bytes. */
    public static final int MOST_HEAD_BYTES = 4 * 1024 * 1024;

    private final VersionCodec versions = new VersionCodec();

    /** What goes before the input. Its {@link ContentHash} is what the request is signed for. */
    public byte[] encode(ExecutionOrder order) {
        byte[] version = versions.encode(order.version());
        byte[] call = CallCodec.encode(order);
        return ByteBuffer.allocate(2 * Integer.BYTES + version.length + call.length)
                .putInt(version.length)
                .put(version)
                .putInt(call.length)
                .put(call)
                .array();
    }

    /**
     * Reads a head, and nothing behind it, without looking into it.
     *
     * @throws ProtocolException if it is none, or longer than {@link #MOST_HEAD_BYTES}
     * @throws IOException if it cannot be read to its end
     */
    public static byte[] readHead(InputStream in) throws IOException {
        byte[] version = readPart(in, MOST_HEAD_BYTES - 2 * Integer.BYTES);
        byte[] call = readPart(in, MOST_HEAD_BYTES - Integer.BYTES - version.length);
        byte[] head = Arrays.copyOf(version, version.length + call.length);
        System.arraycopy(call, 0, head, version.length, call.length);
        return head;
    }

    /** A part with its length before it. */
    private static byte[] readPart(InputStream in, int most) throws IOException {
        byte[] prefix = in.readNBytes(Integer.BYTES);
        int length = prefix.length == Integer.BYTES ? ByteBuffer.wrap(prefix).getInt() : -1;
        if (length < 0 || length > most) {
            throw new ProtocolException("a head of no possible length");
        }
        // Grows as bytes arrive: a length alone takes no memory.
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new ProtocolException("a head that ends early");
        }
        return ByteBuffer.allocate(Integer.BYTES + length)
                .put(prefix)
                .put(content)
                .array();
    }

    /**
     * Reads an order from its head.
     *
     * @throws ProtocolException if it is none
     */
    public ExecutionOrder decode(byte[] head) throws ProtocolException {
        ByteBuffer bytes = ByteBuffer.wrap(head);
        byte[] version = part(bytes);
        byte[] call = part(bytes);
        if (bytes.hasRemaining()) {
            throw new ProtocolException("bytes behind the head");
        }
        return CallCodec.decode(call, versions.decode(version));
    }

    private static byte[] part(ByteBuffer bytes) throws ProtocolException {
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new ProtocolException("a head of no possible length");
        }
        byte[] part = new byte[length];
        bytes.get(part);
        return part;
    }
}

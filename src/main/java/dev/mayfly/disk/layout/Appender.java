package dev.mayfly.disk.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes a file from its beginning to its end, and hashes it on the way. */
final class Appender {

    private final WritableByteChannel target;
    private final MessageDigest whole = sha256();

    /** Outside of the heap, where the JDK would else find room for each write: that took more than all the rest. */
    private final ByteBuffer out = ByteBuffer.allocateDirect(DiskWriter.BUFFER_BYTES);

    private long position;

    Appender(WritableByteChannel target) {
        this.target = target;
    }

    /** How much was written, in bytes. */
    long position() {
        return position;
    }

    void append(byte[] bytes, int offset, int length) throws IOException {
        whole.update(bytes, offset, length);
        for (int done = 0; done < length; done += out.capacity()) {
            out.clear().put(bytes, offset + done, Math.min(out.capacity(), length - done));
            out.flip();
            while (out.hasRemaining()) {
                target.write(out);
            }
        }
        position += length;
    }

    /** The SHA-256 of what was written; nothing can be written behind it. */
    byte[] digest() {
        return whole.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

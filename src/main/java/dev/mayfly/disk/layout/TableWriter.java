package dev.mayfly.disk.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** Appends small records to a file, many at a time. */
final class TableWriter {

    private final Appender out;
    private final MessageDigest hash;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(DiskWriter.BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    TableWriter(Appender out, MessageDigest hash) {
        this.out = out;
        this.hash = hash;
    }

    long position() {
        return out.position() + buffer.position();
    }

    /** A buffer with room for so many bytes, all of which must be put into it. */
    ByteBuffer record(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Appends no more bytes than a buffer has. */
    void bytes(byte[] bytes) throws IOException {
        record(bytes.length).put(bytes);
    }

    void flush() throws IOException {
        hash.update(buffer.array(), 0, buffer.position());
        out.append(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}

package dev.mayfly.testsupport;

import dev.mayfly.wasi.GuestInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Input that is all there from the beginning. */
public final class BytesInput implements GuestInput {

    private final ByteBuffer bytes;

    public BytesInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    public static BytesInput of(String text) {
        return new BytesInput(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read(ByteBuffer target, Duration patience) {
        if (!bytes.hasRemaining()) {
            return -1;
        }
        int count = Math.min(target.remaining(), bytes.remaining());
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        return count;
    }
}

package dev.mayfly.testsupport;

import dev.mayfly.wasi.GuestOutput;
import dev.mayfly.wasi.OutputLimitException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Keeps what a guest writes, up to a limit. */
public final class CapturedOutput implements GuestOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long limit;

    public CapturedOutput() {
        this(Long.MAX_VALUE);
    }

    public CapturedOutput(long limit) {
        this.limit = limit;
    }

    @Override
    public int write(ByteBuffer source, Duration patience) throws OutputLimitException {
        int count = source.remaining();
        if (bytes.size() + (long) count > limit) {
            throw new OutputLimitException(limit);
        }
        byte[] taken = new byte[count];
        source.get(taken);
        bytes.writeBytes(taken);
        return count;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

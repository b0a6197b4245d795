package dev.mayfly.invocations.streams;

import dev.mayfly.wasi.GuestOutput;
import dev.mayfly.wasi.OutputLimitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.modulith.NamedInterface;

/** An instance's standard output: a pipe that takes so many bytes in all and no more. */
@NamedInterface("streams")
public final class GuestStdout implements GuestOutput {

    private final BytePipe pipe;
    private final long limitBytes;
    private long taken;

    public GuestStdout(BytePipe pipe, long limitBytes) {
        this.pipe = pipe;
        this.limitBytes = limitBytes;
    }

    @Override
    public int write(ByteBuffer source, Duration patience) throws IOException {
        long room = limitBytes - taken;
        if (room == 0) {
            throw new OutputLimitException(limitBytes);
        }
        int end = source.limit();
        source.limit((int) Math.min(end, source.position() + room));
        try {
            int count = pipe.write(source, patience);
            taken += count;
            return count;
        } finally {
            source.limit(end);
        }
    }
}

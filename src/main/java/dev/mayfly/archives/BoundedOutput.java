package dev.mayfly.archives;

import dev.mayfly.scheduling.NanoClock;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes so many bytes, for so long. */
final class BoundedOutput extends FilterOutputStream {

    private final NanoClock clock;
    private final long deadlineNanos;
    private long left;

    BoundedOutput(OutputStream out, long maxBytes, NanoClock clock, long deadlineNanos) {
        super(out);
        this.left = maxBytes;
        this.clock = clock;
        this.deadlineNanos = deadlineNanos;
    }

    /** Refuses what would not fit, before any of it is written. */
    void requireRoom(long bytes) throws ArchiveRefusedException {
        if (bytes > left) {
            throw new ArchiveRefusedException(ArchiveState.TOO_LARGE);
        }
    }

    void requireTime() throws ArchiveRefusedException {
        if (clock.nanoTime() - deadlineNanos >= 0) {
            throw new ArchiveRefusedException(ArchiveState.TOO_SLOW);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireRoom(length);
        requireTime();
        left -= length;
        out.write(bytes, offset, length);
    }
}

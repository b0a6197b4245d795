package dev.mayfly.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a guest writes to. Called by the instance's thread only. */
public interface GuestOutput {

    /**
     * Takes some or all of the bytes, waiting until at least one can be taken.
     *
     * @param source has at least one byte; its position moves behind what was taken
     * @param patience how long to wait at most
     * @return the number of bytes taken, 0 if none could be in time
     * @throws OutputLimitException if taking more would break the output limit; this ends the instance
     * @throws IOException if the other end is gone; the guest sees {@code EPIPE}
     */
    int write(ByteBuffer source, Duration patience) throws IOException;
}

package dev.mayfly.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a guest reads from. Called by the instance's thread only. */
public interface GuestInput {

    /**
     * Reads what is there, waiting for at least one byte.
     *
     * @param target has at least one byte of room
     * @param patience how long to wait at most; zero to not wait
     * @return the number of bytes read, 0 if none came in time, -1 at the end
     * @throws IOException if the source is broken; the guest sees {@code EIO}
     */
    int read(ByteBuffer target, Duration patience) throws IOException;

    /** The input that is empty. */
    static GuestInput empty() {
        return (target, patience) -> -1;
    }
}

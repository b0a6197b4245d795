package dev.mayfly.invocations.streams;

import dev.mayfly.wasi.GuestInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance's standard input: what had arrived when it was admitted, then what is still coming. */
public final class GuestStdin implements GuestInput {

    private final ByteBuffer arrived;
    private final @Nullable BytePipe coming;
    private final int arrivedBytes;

    /**
     * An input.
     *
     * @param arrived its beginning
     * @param coming its rest; null if there is none
     */
    public GuestStdin(ByteBuffer arrived, @Nullable BytePipe coming) {
        this.arrived = arrived;
        this.coming = coming;
        this.arrivedBytes = arrived.remaining();
    }

    /** An input with nothing in it. */
    public static GuestStdin empty() {
        return new GuestStdin(ByteBuffer.allocate(0), null);
    }

    @Override
    public int read(ByteBuffer target, Duration patience) throws IOException {
        if (arrived.hasRemaining()) {
            int count = Math.min(target.remaining(), arrived.remaining());
            target.put(target.position(), arrived, arrived.position(), count);
            target.position(target.position() + count);
            arrived.position(arrived.position() + count);
            return count;
        }
        return coming == null ? -1 : coming.read(target, patience);
    }

    /** What had arrived when it was made, as far as it was not read yet; reading it here takes nothing away. */
    public ByteBuffer beginning() {
        return arrived.asReadOnlyBuffer();
    }

    /** What comes behind the beginning; empty if that is all. Only one may read it. */
    public Optional<BytePipe> rest() {
        return Optional.ofNullable(coming);
    }

    /** How many bytes have arrived. */
    public long received() {
        return arrivedBytes + (coming == null ? 0 : coming.written());
    }

    /** Fails the guest's reading from now on. */
    public void sever() {
        if (coming != null) {
            coming.sever();
        }
    }
}

package dev.mayfly.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A stream that the guest writes. Waits in short turns, as {@link InputStreamDescriptor} does. */
final class OutputStreamDescriptor implements Descriptor, ByteSink {

    private static final Duration TURN = Duration.ofMillis(20);

    private final GuestOutput output;
    private final DescriptorStatus status = new DescriptorStatus(Rights.OUTPUT_STREAM, 0, 0);

    OutputStreamDescriptor(GuestOutput output) {
        this.output = output;
    }

    @Override
    public FileType fileType() {
        return FileType.UNKNOWN;
    }

    @Override
    public DescriptorStatus status() {
        return status;
    }

    /**
     * Writes all of the bytes, unless the descriptor is non-blocking: then what can be written at once.
     *
     * @throws GuestEndException if the instance's time is up while it waits, or it wrote more than it may
     */
    @Override
    public void write(WasiProcess process, ByteBuffer source) throws ErrnoException {
        turn(source, Duration.ZERO);
        while (source.hasRemaining() && !status.nonBlocking()) {
            process.requireTimeLeft();
            Duration remaining = process.host().patience().remaining();
            turn(source, TURN.compareTo(remaining) <= 0 ? TURN : remaining);
        }
    }

    private void turn(ByteBuffer source, Duration patience) throws ErrnoException {
        try {
            output.write(source, patience);
        } catch (OutputLimitException e) {
            throw new GuestEndException(new GuestEndException.End.OutputLimit());
        } catch (IOException e) {
            throw ErrnoException.of(Errno.PIPE);
        }
    }
}

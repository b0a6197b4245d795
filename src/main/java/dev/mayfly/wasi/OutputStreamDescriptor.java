package dev.mayfly.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A stream that the guest writes. */
final class OutputStreamDescriptor implements Descriptor, ByteSink {

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
            Wait.forStream(process, atMost -> turn(source, atMost) > 0);
        }
    }

    private int turn(ByteBuffer source, Duration patience) throws ErrnoException {
        try {
            return output.write(source, patience);
        } catch (OutputLimitException e) {
            throw new GuestEndException(new GuestEndException.End.OutputLimit());
        } catch (IOException e) {
            throw ErrnoException.of(Errno.PIPE);
        }
    }
}

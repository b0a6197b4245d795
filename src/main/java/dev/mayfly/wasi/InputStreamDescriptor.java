package dev.mayfly.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A stream that the guest reads. */
final class InputStreamDescriptor implements Descriptor, ByteSource {

    private static final int LOOKAHEAD_BYTES = 4096;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final GuestInput input;
    private final DescriptorStatus status = new DescriptorStatus(Rights.INPUT_STREAM, 0, 0);

    /** What was read only to find out that something can be read; empty or ready to be taken from. */
    private ByteBuffer lookahead = NOTHING;

    private boolean ended;

    InputStreamDescriptor(GuestInput input) {
        this.input = input;
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
     * Reads what is there; what comes first is waited for, unless the descriptor is non-blocking.
     *
     * @throws GuestEndException if the instance's time is up while it waits
     */
    @Override
    public int read(WasiProcess process, ByteBuffer target, boolean first) throws ErrnoException {
        if (lookahead.hasRemaining()) {
            return drainInto(target);
        }
        int count = turn(target, Duration.ZERO);
        return count == 0 && first && !status.nonBlocking() ? readOnceThere(process, target) : count;
    }

    private int readOnceThere(WasiProcess process, ByteBuffer target) throws ErrnoException {
        int before = target.position();
        Wait.forStream(process, atMost -> turn(target, atMost) != 0);
        return ended ? -1 : target.position() - before;
    }

    /**
     * Waits until something can be read, or the end was reached, but not longer than given.
     *
     * @return whether so
     */
    boolean awaitReadable(Duration atMost) throws ErrnoException {
        if (readable()) {
            return true;
        }
        ByteBuffer buffer = lookahead.capacity() == 0 ? ByteBuffer.allocate(LOOKAHEAD_BYTES) : lookahead;
        buffer.clear();
        turn(buffer, atMost);
        lookahead = buffer.flip();
        return readable();
    }

    int bytesReadable() {
        return lookahead.remaining();
    }

    boolean atEnd() {
        return ended && !lookahead.hasRemaining();
    }

    private boolean readable() {
        return ended || lookahead.hasRemaining();
    }

    private int drainInto(ByteBuffer target) {
        int count = Math.min(target.remaining(), lookahead.remaining());
        target.put(lookahead.slice(lookahead.position(), count));
        lookahead.position(lookahead.position() + count);
        return count;
    }

    private int turn(ByteBuffer target, Duration patience) throws ErrnoException {
        if (ended) {
            return -1;
        }
        try {
            int count = input.read(target, patience);
            ended = count < 0;
            return count;
        } catch (IOException e) {
            throw ErrnoException.of(Errno.IO);
        }
    }
}

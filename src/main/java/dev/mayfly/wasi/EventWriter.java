package dev.mayfly.wasi;

/** Writes what {@code poll_oneoff} found: {@code event} in preview 1's witx definition, 32 bytes each. */
final class EventWriter {

    static final int EVENT_BYTES = 32;

    private static final int HANGUP = 1;

    private final GuestMemory memory;
    private final long start;
    private int count;

    EventWriter(GuestMemory memory, long start) {
        this.memory = memory;
        this.start = start;
    }

    int count() {
        return count;
    }

    void elapsed(long userdata) throws ErrnoException {
        write(userdata, Errno.SUCCESS, Subscription.EventType.CLOCK, 0, 0);
    }

    void readable(long userdata, long bytes, boolean atEnd) throws ErrnoException {
        write(userdata, Errno.SUCCESS, Subscription.EventType.FD_READ, bytes, atEnd ? HANGUP : 0);
    }

    void writable(long userdata) throws ErrnoException {
        write(userdata, Errno.SUCCESS, Subscription.EventType.FD_WRITE, 1, 0);
    }

    void failed(long userdata, Subscription.EventType type, Errno errno) throws ErrnoException {
        write(userdata, errno, type, 0, 0);
    }

    private void write(long userdata, Errno errno, Subscription.EventType type, long bytes, int flags)
            throws ErrnoException {
        long address = start + (long) count * EVENT_BYTES;
        memory.zero(address, EVENT_BYTES);
        memory.putLong(address, userdata);
        memory.putShort(address + 8, errno.code());
        memory.putByte(address + 10, type.code());
        memory.putLong(address + 16, bytes);
        memory.putShort(address + 24, flags);
        count++;
    }
}

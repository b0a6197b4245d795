package dev.mayfly.wasi;

/**
 * Something that {@code poll_oneoff} waits for: {@code subscription} in preview 1's witx definition, 48 bytes.
 *
 * @param userdata is handed back in the event
 */
sealed interface Subscription {

    int BYTES = 48;

    long userdata();

    /** An unknown clock or flag, or a clock that does not measure time passing. */
    record Invalid(long userdata, EventType type) implements Subscription {}

    /**
     * A moment.
     *
     * @param timeout in nanoseconds, unsigned
     * @param absolute whether it is a reading of the clock rather than a time from now
     */
    record Timer(long userdata, ClockId clock, long timeout, boolean absolute) implements Subscription {}

    /** A descriptor that can be read. */
    record Readable(long userdata, long fd) implements Subscription {}

    /** A descriptor that can be written. */
    record Writable(long userdata, long fd) implements Subscription {}

    /** {@code eventtype}; a code is the constant's ordinal. */
    enum EventType {
        CLOCK,
        FD_READ,
        FD_WRITE
    }

    /** Reads a subscription, each field once. */
    static Subscription read(GuestMemory memory, long address) throws ErrnoException {
        long userdata = memory.getLong(address);
        return switch (memory.getByte(address + 8)) {
            case 0 -> timer(memory, address, userdata);
            case 1 -> new Readable(userdata, memory.getSize(address + 16));
            case 2 -> new Writable(userdata, memory.getSize(address + 16));
            default -> throw ErrnoException.of(Errno.INVAL);
        };
    }

    private static Subscription timer(GuestMemory memory, long address, long userdata) throws ErrnoException {
        long clockId = memory.getSize(address + 16);
        long timeout = memory.getLong(address + 24);
        int flags = memory.getShort(address + 40);
        if (clockId >= ClockId.values().length || (flags & ~1) != 0) {
            return new Invalid(userdata, EventType.CLOCK);
        }
        ClockId clock = ClockId.of(clockId);
        return clock.measuresTimePassing()
                ? new Timer(userdata, clock, timeout, flags == 1)
                : new Invalid(userdata, EventType.CLOCK);
    }
}

package dev.mayfly.wasi;

/**
 * Something that {@code poll_oneoff} waits for: {@code subscription} in preview 1's witx definition, 48 bytes.
 */
sealed interface Subscription {

    int BYTES = 48;

    /** Is handed back in the event. */
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
    record ToRead(long userdata, long fd) implements Subscription {}

    /** A descriptor that can be written. */
    record ToWrite(long userdata, long fd) implements Subscription {}

    /** {@code eventtype}. */
    enum EventType {
        CLOCK(0),
        FD_READ(1),
        FD_WRITE(2);

        private final int code;

        EventType(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Reads a subscription, each field once. */
    static Subscription read(GuestMemory memory, long address) throws ErrnoException {
        long userdata = memory.getLong(address);
        return switch (memory.getByte(address + 8)) {
            case 0 -> timer(memory, address, userdata);
            case 1 -> new ToRead(userdata, memory.getSize(address + 16));
            case 2 -> new ToWrite(userdata, memory.getSize(address + 16));
            default -> throw ErrnoException.of(Errno.INVAL);
        };
    }

    private static Subscription timer(GuestMemory memory, long address, long userdata) throws ErrnoException {
        long clockId = memory.getSize(address + 16);
        long timeout = memory.getLong(address + 24);
        int flags = memory.getShort(address + 40);
        ClockId clock = ClockId.known(clockId);
        return clock != null && clock.measuresTimePassing() && (flags & ~1) == 0
                ? new Timer(userdata, clock, timeout, flags == 1)
                : new Invalid(userdata, EventType.CLOCK);
    }
}

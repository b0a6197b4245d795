package dev.mayfly.invocations.records;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.modulith.NamedInterface;

/**
 * Makes ids of invocations: UUIDs of version 7 (RFC 9562, section 5.7), so that their order is the order of time and
 * the newest records stand together in the index. The 12 bits after the milliseconds count within one (method 1 of
 * section 6.2), which makes ids of one process strictly ascending.
 */
@NamedInterface("records")
public final class InvocationIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource time;
    /** Milliseconds and counter of the last id. */
    private final AtomicLong last = new AtomicLong();

    public InvocationIds(InstantSource time) {
        this.time = time;
    }

    /** An id greater than all before it. */
    public UUID next() {
        long now = time.millis() << COUNTER_BITS;
        long tick = last.accumulateAndGet(now, (before, current) -> Math.max(before + 1, current));
        long random = ThreadLocalRandom.current().nextLong() >>> 2;
        return new UUID(high(tick), VARIANT | random);
    }

    /** Not greater than any id made at that moment or later. */
    static UUID lowest(Instant moment) {
        return new UUID(high(moment.toEpochMilli() << COUNTER_BITS), VARIANT);
    }

    private static long high(long tick) {
        long millis = tick >>> COUNTER_BITS;
        long counter = tick & ((1 << COUNTER_BITS) - 1);
        return millis << 16 | VERSION_7 | counter;
    }
}

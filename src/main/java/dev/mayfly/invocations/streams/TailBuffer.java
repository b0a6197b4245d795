package dev.mayfly.invocations.streams;

import dev.mayfly.wasi.GuestOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An output that keeps its last bytes and forgets the others. Never full, so it never makes the guest wait. */
public final class TailBuffer implements GuestOutput {

    private static final int SMALLEST = 256;

    private final int capacity;
    private byte[] ring = new byte[0];
    private long total;

    /**
     * An empty buffer.
     *
     * @param capacity how many bytes it keeps, at least 1
     */
    public TailBuffer(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized int write(ByteBuffer source, Duration patience) {
        int count = source.remaining();
        int skipped = Math.max(0, count - capacity);
        source.position(source.position() + skipped);
        total += skipped;
        grow(total + count - skipped);
        while (source.hasRemaining()) {
            int at = (int) (total % ring.length);
            int length = Math.min(source.remaining(), ring.length - at);
            source.get(ring, at, length);
            total += length;
        }
        return count;
    }

    /** Until it has its full size the ring has never wrapped, so growing is a plain copy. */
    private void grow(long needed) {
        if (needed > ring.length && ring.length < capacity) {
            long doubled = Math.max(2L * ring.length, SMALLEST);
            byte[] grown = new byte[(int) Math.min(capacity, Math.max(needed, doubled))];
            System.arraycopy(ring, 0, grown, 0, (int) Math.min(total, ring.length));
            ring = grown;
        }
    }

    /** The last bytes as text: what is no UTF-8, and the NUL that databases refuse, become U+FFFD. */
    public synchronized String text() {
        if (total == 0) {
            return "";
        }
        int length = (int) Math.min(total, ring.length);
        byte[] tail = new byte[length];
        int start = (int) ((total - length) % ring.length);
        int first = Math.min(length, ring.length - start);
        System.arraycopy(ring, start, tail, 0, first);
        System.arraycopy(ring, 0, tail, first, length - first);
        int whole = total > length ? firstCharacter(tail) : 0;
        return new String(tail, whole, length - whole, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** Where the first character begins whose encoding was not cut. */
    private static int firstCharacter(byte[] tail) {
        int at = 0;
        while (at < Math.min(3, tail.length) && (tail[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }
}

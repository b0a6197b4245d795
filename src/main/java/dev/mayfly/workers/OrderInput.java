package dev.mayfly.workers;

import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.invocations.streams.BufferBudget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The input that comes with an order.
 *
 * @param bytes of it
 * @param budget that pays for them until they are {@link #close freed}
 */
record OrderInput(ByteBuffer bytes, BufferBudget budget) implements AutoCloseable {

    private static final int FIRST_READ = 1024;
    private static final int LARGEST = 256 * 1024 * 1024;

    /**
     * Reads an input to its end.
     *
     * @param announced how long it is, or less than 0 if that is not known
     * @param limit how long it may be
     * @return empty if there is no memory left for it
     * @throws ProtocolException if it is longer than it may be
     * @throws IOException if it cannot be read to its end
     */
    static Optional<OrderInput> read(InputStream in, long announced, long limit, BufferBudget budget)
            throws IOException {
        int most = (int) Math.min(limit, LARGEST);
        if (announced > most) {
            throw new ProtocolException("an input that is too long");
        }
        Reader reader = new Reader(budget);
        boolean read = false;
        try {
            Optional<OrderInput> input = reader.read(in, announced < 0 ? FIRST_READ : (int) announced, most);
            read = input.isPresent();
            return input;
        } finally {
            if (!read) {
                budget.giveBack(reader.bytes.length);
            }
        }
    }

    @Override
    public void close() {
        budget.giveBack(bytes.capacity());
    }

    /** Reads into an array that is paid for. */
    private static final class Reader {

        private final BufferBudget budget;
        private byte[] bytes = new byte[0];

        Reader(BufferBudget budget) {
            this.budget = budget;
        }

        Optional<OrderInput> read(InputStream in, int expected, int most) throws IOException {
            int size = 0;
            int room = Math.min(expected, most);
            while (true) {
                if (!grow(room)) {
                    return Optional.empty();
                }
                size += in.readNBytes(bytes, size, bytes.length - size);
                if (size < bytes.length) {
                    return Optional.of(new OrderInput(ByteBuffer.wrap(bytes, 0, size), budget));
                }
                int next = in.read();
                if (next < 0) {
                    return Optional.of(new OrderInput(ByteBuffer.wrap(bytes, 0, size), budget));
                }
                if (size == most) {
                    throw new ProtocolException("an input that is too long");
                }
                room = (int) Math.min(most, Math.max(FIRST_READ, 2L * size));
                if (!grow(room)) {
                    return Optional.empty();
                }
                bytes[size++] = (byte) next;
            }
        }

        private boolean grow(int length) {
            if (!budget.take(length - bytes.length)) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, length);
            return true;
        }
    }
}

package dev.mayfly.invocations.http;

import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The beginning of a request's body, read before the invocation is admitted.
 *
 * @param bytes that were read
 * @param complete whether that is all of it
 * @param budget that pays for the bytes until they are {@link #close freed}
 */
record RequestBody(ByteBuffer bytes, boolean complete, BufferBudget budget) implements AutoCloseable {

    private static final int FIRST_READ = 1024;

    /**
     * Reads a body's beginning.
     *
     * @param most how much is read
     * @param limit how long the body may be
     * @param budget for the bytes
     * @throws ProblemException if it is too long, is not sent as HTTP says, or finds no memory left
     */
    static RequestBody read(HttpServletRequest request, int most, long limit, BufferBudget budget) {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw InvocationProblems.inputTooLarge(limit);
        }
        RequestBody body = announced == 0
                ? new RequestBody(ByteBuffer.allocate(0), true, budget)
                : new Reader(budget).read(request, announced, most);
        if (body.bytes().remaining() > limit) {
            body.close();
            throw InvocationProblems.inputTooLarge(limit);
        }
        return body;
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

        RequestBody read(HttpServletRequest request, long announced, int most) {
            boolean read = false;
            try {
                RequestBody body = read(request.getInputStream(), announced, most);
                read = true;
                return body;
            } catch (IOException e) {
                throw new ProblemException(ProblemType.INVALID_REQUEST, "The request's body could not be read.");
            } finally {
                if (!read) {
                    budget.giveBack(bytes.length);
                }
            }
        }

        private RequestBody read(InputStream in, long announced, int most) throws IOException {
            grow((int) Math.min(most, announced > 0 ? announced : FIRST_READ));
            int size = in.readNBytes(bytes, 0, bytes.length);
            while (size == bytes.length && size != announced && size < most) {
                grow(Math.min(most, 2 * size));
                size += in.readNBytes(bytes, size, bytes.length - size);
            }
            boolean complete = size == announced || size < bytes.length;
            return new RequestBody(ByteBuffer.wrap(bytes, 0, size), complete, budget);
        }

        private void grow(int length) {
            if (!budget.take(length - bytes.length)) {
                throw InvocationProblems.outOfBuffers();
            }
            bytes = Arrays.copyOf(bytes, length);
        }
    }
}

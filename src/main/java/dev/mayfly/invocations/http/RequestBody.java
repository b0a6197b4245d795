package dev.mayfly.invocations.http;

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
 */
record RequestBody(ByteBuffer bytes, boolean complete) {

    private static final int FIRST_READ = 1024;

    /**
     * Reads a body's beginning.
     *
     * @param most how much is read
     * @param limit how long the body may be
     * @throws ProblemException if it is too long, or is not sent as HTTP says
     */
    static RequestBody read(HttpServletRequest request, int most, long limit) {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw InvocationProblems.inputTooLarge(limit);
        }
        try {
            RequestBody body = announced == 0 ? empty() : read(request.getInputStream(), announced, most);
            if (body.bytes().remaining() > limit) {
                throw InvocationProblems.inputTooLarge(limit);
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The request's body could not be read.");
        }
    }

    private static RequestBody empty() {
        return new RequestBody(ByteBuffer.allocate(0), true);
    }

    private static RequestBody read(InputStream in, long announced, int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, announced > 0 ? announced : FIRST_READ)];
        int size = in.readNBytes(bytes, 0, bytes.length);
        while (size == bytes.length && size != announced && size < most) {
            bytes = Arrays.copyOf(bytes, Math.min(most, 2 * size));
            size += in.readNBytes(bytes, size, bytes.length - size);
        }
        boolean complete = size == announced || size < bytes.length;
        return new RequestBody(ByteBuffer.wrap(bytes, 0, size), complete);
    }
}

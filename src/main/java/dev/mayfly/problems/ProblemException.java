package dev.mayfly.problems;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** A request is answered with a problem. An answer like any other, so without a stack trace. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;
    private final @Nullable Duration retryAfter;

    /**
     * Any problem.
     *
     * @param retryAfter when it may be over; null if nothing is known of that
     */
    public ProblemException(ProblemDetail problem, @Nullable Duration retryAfter) {
        super(problem.getDetail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /**
     * A problem without members of its own.
     *
     * @param detail what happened this time, for the client's eyes
     */
    public ProblemException(ProblemType type, String detail) {
        this(type.with(detail), null);
    }

    public ProblemDetail problem() {
        return problem;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}

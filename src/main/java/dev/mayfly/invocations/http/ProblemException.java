package dev.mayfly.invocations.http;

import dev.mayfly.problems.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/** A request is answered with a problem. An answer like any other, so without a stack trace. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;
    private final @Nullable Duration retryAfter;

    ProblemException(ProblemDetail problem, @Nullable Duration retryAfter) {
        super(problem.getDetail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    ProblemException(ProblemType type, String detail) {
        this(type.with(detail), null);
    }

    ProblemDetail problem() {
        return problem;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}

package dev.mayfly.invocations.http;

import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;

/** The request header by which a client that would not wait for as long asks for an earlier refusal. */
final class QueueTimeout {

    static final String HEADER = "Mayfly-Queue-Timeout-Ms";

    private static final Pattern MILLISECONDS = Pattern.compile("[1-9][0-9]{0,8}");

    private QueueTimeout() {}

    /**
     * How long a request may wait for a slot.
     *
     * @param longest that the operator allows, and the default
     * @throws ProblemException if the header has no number of milliseconds, at least 1
     */
    static Duration of(HttpServletRequest request, Duration longest) {
        String asked = request.getHeader(HEADER);
        if (asked == null) {
            return longest;
        }
        if (!MILLISECONDS.matcher(asked).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The header " + HEADER + " must be a number of milliseconds, at least 1.");
        }
        Duration patience = Duration.ofMillis(Long.parseLong(asked));
        return patience.compareTo(longest) < 0 ? patience : longest;
    }
}

package dev.mayfly.callbacks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param status of the answer; null if there was none
 * @param error what went wrong; null if it was delivered
 * @param isFinal whether another attempt makes no sense
 * @param retryAfter the pause that the receiver wishes for; zero if it does not say
 */
record AttemptOutcome(@Nullable Integer status, @Nullable String error, boolean isFinal, Duration retryAfter) {

    static AttemptOutcome answered(int status, Duration retryAfter) {
        if (status >= 200 && status < 300) {
            return new AttemptOutcome(status, null, true, Duration.ZERO);
        }
        // 410: the receiver is gone for good, and says so.
        return new AttemptOutcome(status, "status", status == 410, retryAfter);
    }

    static AttemptOutcome failed(String error) {
        return new AttemptOutcome(null, error, false, Duration.ZERO);
    }

    static AttemptOutcome hopeless(String error) {
        return new AttemptOutcome(null, error, true, Duration.ZERO);
    }

    boolean delivered() {
        return error == null;
    }
}

package dev.mayfly.asynchronous.http;

import dev.mayfly.invocations.http.Preferences;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** How long a request waits. */
final class Waiting {

    private Waiting() {}

    /**
     * What a request asks for, bounded.
     *
     * @param parameter for example {@code 30s}, {@code 500ms} or {@code 30}, which is in seconds; null for none
     */
    static Duration time(@Nullable String parameter, Preferences preferences, Duration longest) {
        Duration asked = parameter == null ? preferences.patience().orElse(Duration.ZERO) : parse(parameter);
        return asked.compareTo(longest) > 0 ? longest : asked;
    }

    private static Duration parse(String text) {
        try {
            return DurationStyle.SIMPLE.parse(text, ChronoUnit.SECONDS);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "'" + text + "' is no time to wait as in 30s.");
        }
    }
}

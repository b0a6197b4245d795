package dev.mayfly.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose API key a request came with.
 *
 * @param name of the holder
 * @param maxConcurrency how many invocations of the holder run at once at most; null for the operator's default
 */
public record KeyHolder(String name, @Nullable Integer maxConcurrency) {

    private static final String ATTRIBUTE = KeyHolder.class.getName();

    /** The holder of the key that a request was let in with, or of one that it had no need of. */
    public static Optional<KeyHolder> of(HttpServletRequest request) {
        return Optional.ofNullable((KeyHolder) request.getAttribute(ATTRIBUTE));
    }

    /** Lets those behind know. */
    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}

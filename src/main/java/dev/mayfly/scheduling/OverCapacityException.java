package dev.mayfly.scheduling;

import java.time.Duration;

/** A job was refused because too many wait already, or it waited for a slot for as long as it may. */
public final class OverCapacityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final Duration retryAfter;

    /**
     * A refusal.
     *
     * @param limit the name of the property that sets the limit
     * @param retryAfter when trying again makes sense
     */
    public OverCapacityException(String limit, Duration retryAfter) {
        // A refusal is an answer under overload, when a stack trace would cost most and tell nothing.
        super("limit reached: " + limit, null, false, false);
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    public String limit() {
        return limit;
    }

    /** In whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

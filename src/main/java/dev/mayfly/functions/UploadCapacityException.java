package dev.mayfly.functions;

import java.time.Duration;

/** Too many modules are being published at once. */
public final class UploadCapacityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final int value;
    private final Duration retryAfter;

    UploadCapacityException(String limit, int value, Duration retryAfter) {
        super("The limit '" + limit + "' of " + value + " is reached. Try again later.");
        this.limit = limit;
        this.value = value;
        this.retryAfter = retryAfter;
    }

    /** The property that sets the limit. */
    public String limit() {
        return limit;
    }

    public int value() {
        return value;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}

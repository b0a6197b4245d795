package dev.mayfly.wasi;

import java.io.IOException;

/** The guest wrote more than it may. Ends the instance with an outcome that says so. */
public final class OutputLimitException extends IOException {

    private static final long serialVersionUID = 1L;

    public OutputLimitException(long limitBytes) {
        super("output limit of " + limitBytes + " bytes exceeded");
    }
}

package dev.mayfly.scheduling;

/** A job was refused because the platform is shutting down. */
public final class ShuttingDownException extends Exception {

    private static final long serialVersionUID = 1L;

    public ShuttingDownException() {
        super("shutting down", null, false, false);
    }
}

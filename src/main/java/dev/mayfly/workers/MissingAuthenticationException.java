package dev.mayfly.workers;

/** A worker was told no way to know its control planes. */
final class MissingAuthenticationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingAuthenticationException() {
        super("A worker runs code for whoever can give it orders, and no way is configured to know who may.");
    }
}

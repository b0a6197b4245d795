package dev.mayfly.functions;

/** A name given by a user does not have the form it must have. */
public final class InvalidNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidNameException(String what, String value, String pattern) {
        super("'" + value + "' is no " + what + ": it must match " + pattern);
    }
}

package dev.mayfly.functions;

/** A change does not go with the state that the function is in. The message is for users. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }
}

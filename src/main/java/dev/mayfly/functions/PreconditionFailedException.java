package dev.mayfly.functions;

/** Something is not in the state that the client's change was made for. */
final class PreconditionFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PreconditionFailedException(String message) {
        super(message);
    }
}

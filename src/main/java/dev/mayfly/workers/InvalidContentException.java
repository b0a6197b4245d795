package dev.mayfly.workers;

/** What a control plane sent is not what it should be. The message is for the log. */
final class InvalidContentException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidContentException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}

package dev.mayfly.invocations;

/** The arguments of a call are not what the exported function takes. The message is for the client. */
public final class InvalidArgumentsException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidArgumentsException(String message) {
        super(message);
    }
}

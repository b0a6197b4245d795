package dev.mayfly.invocations.http;

/** A function's output is no response. The message is for the client. */
final class MalformedGuestResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedGuestResponseException(String message) {
        super(message);
    }
}

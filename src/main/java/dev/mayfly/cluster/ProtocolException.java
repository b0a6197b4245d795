package dev.mayfly.cluster;

import java.io.IOException;

/** The other side sent what it may not. The message is for logs. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    ProtocolException(String message, Exception cause) {
        super(message, cause);
    }
}

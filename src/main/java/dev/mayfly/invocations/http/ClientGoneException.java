package dev.mayfly.invocations.http;

import java.io.IOException;

/** The client has closed its connection: there is nobody to answer. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("client gone");
    }
}

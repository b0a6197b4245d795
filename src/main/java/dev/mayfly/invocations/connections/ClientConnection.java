package dev.mayfly.invocations.connections;

import jakarta.servlet.http.HttpServletRequest;

/** Tells whether the client still waits for its answer. */
@FunctionalInterface
public interface ClientConnection {

    /** Where a server that can tell leaves its implementation in the request. */
    String ATTRIBUTE = ClientConnection.class.getName();

    /**
     * Whether the client has closed its connection. One that has closed only its sending side counts as gone too: that
     * cannot be told apart. Called by the request's thread, and only after the end of the request's body was read.
     */
    boolean isGone();

    /** The connection of a request. A server that cannot tell lets it count as open. */
    static ClientConnection of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection ? connection : () -> false;
    }
}

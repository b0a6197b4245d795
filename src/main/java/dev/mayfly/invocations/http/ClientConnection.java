package dev.mayfly.invocations.http;

import jakarta.servlet.http.HttpServletRequest;

/** Tells whether the client still waits for its answer. */
@FunctionalInterface
interface ClientConnection {

    /** Where a server that can tell leaves its implementation in the request. */
    String ATTRIBUTE = ClientConnection.class.getName();

    /**
     * Whether the client has closed its connection. Called by the request's thread, between requests to read the body
     * and only after its end was read.
     */
    boolean isGone();

    /** The connection of a request. A server that cannot tell lets it count as open. */
    static ClientConnection of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientConnection connection ? connection : () -> false;
    }
}

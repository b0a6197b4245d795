package dev.mayfly.invocations.http;

import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.connections.ClientConnection;
import dev.mayfly.invocations.streams.BytePipe;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request, its invocation, and the way from one to the other.
 *
 * @param invocation that was admitted for the request
 * @param format of its output
 * @param connection to the client
 * @param pump of the request's body; null if all of it was read before
 * @param response to the request
 */
record Exchange(
        Invocation invocation,
        ResponseFormat format,
        ClientConnection connection,
        @Nullable BodyPump pump,
        HttpServletResponse response) {

    BytePipe output() {
        return invocation.output();
    }

    /** Whether nobody waits for the response any more, as far as can be told. */
    boolean isClientGone() {
        // While the body is being pumped the connection must not be read here; the pump will notice.
        return (pump == null || pump.isFinished()) && connection.isGone();
    }
}

package dev.mayfly.invocations.http;

import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;

/**
 * Looks at a connection of Tomcat's, which tells nobody that a client is gone until somebody reads or writes.
 *
 * <p>Asked for the number of available bytes, and allowed to read, Tomcat reads the socket without blocking. It answers
 * with 1 if that failed or found the end of the stream. One more byte of a next, pipelined request gives 1 too, but that
 * byte is then in its buffer: asked again, without reading, it counts the byte, or (after a request without a body) asked
 * again with reading, it does not read since there is something left. After a failure the buffer is empty and every new
 * attempt to read fails again. So a client is gone if reading says 1 twice, and not reading says 0.
 *
 * <p>A client that has only closed its sending side counts as gone too: that cannot be told apart.
 */
final class TomcatClientConnection implements ClientConnection {

    private final Request request;

    TomcatClientConnection(Request request) {
        this.request = request;
    }

    @Override
    public boolean isGone() {
        int first = available(true);
        int second = available(true);
        return first == 1 && second == 1 && available(false) == 0;
    }

    private int available(boolean read) {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        coyote.action(ActionCode.AVAILABLE, read);
        return coyote.getAvailable();
    }
}

package dev.mayfly.invocations.connections;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Serves one connection at a time, and looks at it.
 *
 * <p>Tomcat tells nobody that a client is gone until somebody reads or writes. So the socket is read here, without
 * blocking: it has nothing, or an end, or a byte of a next, pipelined request, which is put back. An end behind such a
 * byte stays unseen.
 *
 * <p>Asking Tomcat for the number of available bytes ({@code ActionCode.AVAILABLE}) would read too, but it must not be
 * asked of a request whose body was read together with bytes of the next one: those would be lost, and bytes of this
 * request parsed in their place.
 */
final class ProbingHttp11Processor extends Http11Processor implements ClientConnection {

    /** Of the notes of a request; 17 to 31 are not used by Tomcat. */
    static final int NOTE = 17;

    ProbingHttp11Processor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
        request.setNote(NOTE, this);
    }

    @Override
    public boolean isGone() {
        SocketWrapperBase<?> socket = getSocketWrapper();
        ByteBuffer peeked = ByteBuffer.allocate(1);
        try {
            int count = socket.read(false, peeked);
            if (count > 0) {
                socket.unRead(peeked.flip());
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }
}

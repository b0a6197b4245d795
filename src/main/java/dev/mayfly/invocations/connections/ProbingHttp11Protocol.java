package dev.mayfly.invocations.connections;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1, whose processors can tell whether the client is still there. Made by Tomcat, by name. */
public final class ProbingHttp11Protocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new ProbingHttp11Processor(this, adapter);
    }
}

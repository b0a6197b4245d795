package dev.mayfly.placement;

import java.net.InetAddress;
import java.net.URI;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker is reached.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the name that was asked for, which a certificate has to be for
 * @param port its port
 * @param address what the name stands for, if it stands for several workers; null to look it up when connecting
 */
record WorkerAddress(
        String scheme, String host, int port, @Nullable InetAddress address) {

    static WorkerAddress of(URI uri) {
        return new WorkerAddress(uri.getScheme(), uri.getHost(), uri.getPort(), null);
    }

    HttpHost target() {
        return new HttpHost(scheme, address, host, port);
    }

    /** For people, for example {@code http://10.0.0.5:8080}. */
    @Override
    public String toString() {
        return scheme + "://" + (address == null ? host : literal(address)) + ":" + port;
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}

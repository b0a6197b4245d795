package dev.mayfly.placement;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the addresses of workers: those that are listed, and all that a listed name has. A name that cannot be looked up
 * keeps the addresses it had, since whether those workers live is not for the name service to say. Belongs to one thread.
 */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String DNS = "dns";

    private final List<URI> listed;
    private final String scheme;
    private final AddressResolver resolver;
    private final Map<URI, List<InetAddress>> known = new HashMap<>();

    /**
     * A way to find workers.
     *
     * @param listed {@code http://host:port}, {@code https://host:port}, {@code dns://host:port}
     * @param scheme of the workers behind names: {@code http} or {@code https}
     */
    Discovery(List<URI> listed, String scheme, AddressResolver resolver) {
        this.listed = listed;
        this.scheme = scheme;
        this.resolver = resolver;
    }

    /** The addresses now. */
    SequencedSet<WorkerAddress> addresses() {
        SequencedSet<WorkerAddress> addresses = new LinkedHashSet<>();
        for (URI uri : listed) {
            if (DNS.equals(uri.getScheme())) {
                addresses.addAll(behind(uri));
            } else {
                addresses.add(WorkerAddress.of(uri));
            }
        }
        return addresses;
    }

    private List<WorkerAddress> behind(URI name) {
        try {
            known.put(name, resolver.resolve(name.getHost()));
        } catch (UnknownHostException e) {
            LOG.debug("{} cannot be looked up", name, e);
        }
        List<WorkerAddress> found = new ArrayList<>();
        for (InetAddress address : known.getOrDefault(name, List.of())) {
            found.add(new WorkerAddress(scheme, name.getHost(), name.getPort(), address));
        }
        return found;
    }
}

package dev.mayfly.callbacks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Gives the client those addresses of a host that may be called, and no others: what was checked is what is connected to.
 * So it does not help to have a name stand for another address a moment later (DNS rebinding).
 */
final class GuardedResolver implements DnsResolver {

    private final HostLookup lookup;
    private final AllowList allowed;

    GuardedResolver(HostLookup lookup, AllowList allowed) {
        this.lookup = lookup;
        this.allowed = allowed;
    }

    /** A host has no address that may be called. */
    static final class RefusedAddressException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedAddressException(String host) {
            super(host + " has no address that may be called back");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] passed = Arrays.stream(lookup.addresses(host))
                .filter(address -> allowed.allows(host, address))
                .toArray(InetAddress[]::new);
        if (passed.length == 0) {
            throw new RefusedAddressException(host);
        }
        return passed;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

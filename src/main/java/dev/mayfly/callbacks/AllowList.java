package dev.mayfly.callbacks;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * What may be called back, by address and, once a name has been resolved, by the address it stands for.
 *
 * @param targets that may be called
 * @param privateTargets that may be called even if their hosts have private or loopback addresses
 */
record AllowList(List<AllowedTarget> targets, List<AllowedTarget> privateTargets) {

    AllowList {
        targets = List.copyOf(targets);
        privateTargets = List.copyOf(privateTargets);
        privateTargets.stream().filter(AllowedTarget::isWildcard).findFirst().ifPresent(target -> {
            throw new IllegalArgumentException(
                    "mayfly.callbacks.allow-private: '" + target.host() + "' must be one host");
        });
    }

    static AllowList of(CallbackProperties properties) {
        return new AllowList(
                properties.allow().stream().map(AllowedTarget::parse).toList(),
                properties.allowPrivate().stream().map(AllowedTarget::parse).toList());
    }

    boolean isEmpty() {
        return targets.isEmpty() && privateTargets.isEmpty();
    }

    boolean allows(URI address) {
        return targets.stream().anyMatch(target -> target.covers(address))
                || privateTargets.stream().anyMatch(target -> target.covers(address));
    }

    /** Whether a host may be called at an address that its name was resolved to. */
    boolean allows(String host, InetAddress resolved) {
        if (PublicAddresses.contains(resolved)) {
            return true;
        }
        boolean ipv6 = host.indexOf(':') >= 0;
        String name = ipv6 ? "[" + host + "]" : host;
        if (ipv6 || host.equals(resolved.getHostAddress())) {
            // An entry that names an address means it.
            return names(targets, name) || names(privateTargets, name);
        }
        return names(privateTargets, name) && !PublicAddresses.isNeverMeant(resolved);
    }

    private static boolean names(List<AllowedTarget> targets, String host) {
        return targets.stream().anyMatch(target -> !target.isWildcard() && target.isHost(host));
    }
}

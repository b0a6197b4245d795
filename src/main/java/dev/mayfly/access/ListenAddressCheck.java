package dev.mayfly.access;

import dev.mayfly.roles.NodeRole;
import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Mayfly runs code for whoever can call it, so it listens beyond this machine only when calls need a key. A worker has no
 * calls that a key would admit to.
 */
@Component
class ListenAddressCheck {

    private final ApiKeys keys;
    private final ServerProperties server;
    private final ManagementServerProperties management;

    private final NodeRole role;

    @Autowired
    ListenAddressCheck(
            ApiKeys keys, ServerProperties server, ManagementServerProperties management, Environment environment) {
        this(keys, server, management, NodeRole.of(environment));
    }

    ListenAddressCheck(ApiKeys keys, ServerProperties server, ManagementServerProperties management, NodeRole role) {
        this.role = role;
        this.keys = keys;
        this.server = server;
        this.management = management;
    }

    /**
     * Is called before the server listens.
     *
     * @throws OpenAddressException if it would listen on an address that other machines reach, and no keys are configured
     */
    void refuseToListenOpenly() {
        if (keys.configured() || role == NodeRole.WORKER) {
            return;
        }
        addresses().filter(address -> !isLoopback(address)).findFirst().ifPresent(address -> {
            throw new OpenAddressException(address);
        });
    }

    private Stream<ListenAddress> addresses() {
        ListenAddress own = new ListenAddress("server.address", server.getAddress());
        boolean separate = management.getPort() != null && !Objects.equals(management.getPort(), server.getPort());
        return separate
                ? Stream.of(own, new ListenAddress("management.server.address", management.getAddress()))
                : Stream.of(own);
    }

    private static boolean isLoopback(ListenAddress listen) {
        return listen.address() != null && listen.address().isLoopbackAddress();
    }

    /**
     * Where a server listens.
     *
     * @param property that says so
     * @param address null for every address of the machine
     */
    record ListenAddress(String property, @Nullable InetAddress address) {}
}

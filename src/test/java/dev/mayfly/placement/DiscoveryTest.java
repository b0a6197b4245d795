package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private final List<InetAddress> registered = new ArrayList<>();

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (registered.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return List.copyOf(registered);
    }

    private Discovery discovery(String... listed) {
        return new Discovery(List.of(listed).stream().map(URI::create).toList(), "http", this::resolve);
    }

    @Test
    void listedAddressesAreTaken() {
        assertThat(discovery("http://a:81", "https://b:82").addresses())
                .extracting(WorkerAddress::toString)
                .containsExactly("http://a:81", "https://b:82");
    }

    @Test
    void allAddressesOfANameAreTakenEachTimeAnew() throws Exception {
        Discovery discovery = discovery("dns://workers:90");
        registered.add(InetAddress.getByName("10.0.0.1"));
        registered.add(InetAddress.getByName("fd00::1"));
        assertThat(discovery.addresses())
                .extracting(WorkerAddress::toString)
                .containsExactly("http://10.0.0.1:90", "http://[fd00:0:0:0:0:0:0:1]:90");

        registered.removeFirst();
        registered.add(InetAddress.getByName("10.0.0.2"));
        assertThat(discovery.addresses())
                .extracting(WorkerAddress::toString)
                .containsExactly("http://[fd00:0:0:0:0:0:0:1]:90", "http://10.0.0.2:90");
    }

    @Test
    void aNameThatCannotBeLookedUpKeepsItsAddresses() throws Exception {
        Discovery discovery = discovery("dns://workers:90");
        assertThat(discovery.addresses()).isEmpty();
        registered.add(InetAddress.getByName("10.0.0.1"));
        discovery.addresses();
        registered.clear();
        assertThat(discovery.addresses()).hasSize(1);
    }
}

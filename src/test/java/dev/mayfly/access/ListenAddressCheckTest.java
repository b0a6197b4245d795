package dev.mayfly.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.roles.NodeRole;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class ListenAddressCheckTest {

    private static final List<AccessProperties.Key> NO_KEYS = List.of();
    private static final List<AccessProperties.Key> ONE_KEY =
            List.of(new AccessProperties.Key("ci", "sha256:" + "0".repeat(64), null));

    private final ManagementServerProperties management = new ManagementServerProperties();
    private NodeRole role = NodeRole.ALL;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
    void aLoopbackAddressNeedsNoKeys(String address) {
        assertThatCode(check(NO_KEYS, address)::refuseToListenOpenly).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "10.0.0.1"})
    void anotherAddressIsRefusedWithoutKeys(String address) {
        assertThatThrownBy(check(NO_KEYS, address)::refuseToListenOpenly)
                .isInstanceOf(OpenAddressException.class)
                .hasMessageContaining("server.address")
                .hasMessageNotContaining("\n");
    }

    @Test
    void noAddressMeansEveryAddress() {
        assertThatThrownBy(check(NO_KEYS, null)::refuseToListenOpenly)
                .isInstanceOf(OpenAddressException.class)
                .hasMessageContaining("every address of this machine");
    }

    @Test
    void withKeysAnyAddressWillDo() {
        assertThatCode(check(ONE_KEY, "0.0.0.0")::refuseToListenOpenly).doesNotThrowAnyException();
    }

    @Test
    void aManagementServerOfItsOwnIsCheckedToo() {
        management.setPort(9090);

        assertThatThrownBy(check(NO_KEYS, "127.0.0.1")::refuseToListenOpenly)
                .isInstanceOf(OpenAddressException.class)
                .hasMessageContaining("management.server.address");

        management.setAddress(InetAddress.getLoopbackAddress());
        assertThatCode(check(NO_KEYS, "127.0.0.1")::refuseToListenOpenly).doesNotThrowAnyException();
    }

    @Test
    void aWorkerHasNoCallsThatAKeyAdmitsTo() {
        role = NodeRole.WORKER;

        assertThatCode(check(NO_KEYS, "0.0.0.0")::refuseToListenOpenly).doesNotThrowAnyException();
    }

    private ListenAddressCheck check(List<AccessProperties.Key> keys, @Nullable String address) {
        ServerProperties server = new ServerProperties();
        server.setAddress(address == null ? null : InetAddress.ofLiteral(address));
        return new ListenAddressCheck(new ApiKeys(new AccessProperties(keys)), server, management, role);
    }
}

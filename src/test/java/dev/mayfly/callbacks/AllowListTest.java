package dev.mayfly.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    private static AllowList allow(String... entries) {
        return new AllowList(Stream.of(entries).map(AllowedTarget::parse).toList(), List.of());
    }

    private static AllowList allowPrivate(String... entries) {
        return new AllowList(
                List.of(), Stream.of(entries).map(AllowedTarget::parse).toList());
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "hooks.example.com, https://hooks.example.com",
        "hooks.example.com, https://HOOKS.example.com:443/any/path?and=query",
        "https://hooks.example.com/in, https://hooks.example.com/in",
        "https://hooks.example.com/in, https://hooks.example.com/in/deeper",
        "https://hooks.example.com/in/, https://hooks.example.com/in?x=1",
        "*.example.com, https://a.b.example.com/",
        "http://receiver:8080, http://receiver:8080/x",
        "'http://[::1]:8080/', 'http://[::1]:8080/x'"
    })
    void allowsWhatAnEntryCovers(String entry, URI callback) {
        assertThat(CallbackAddress.fault(callback)).isEmpty();
        assertThat(allow(entry).allows(callback)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hooks.example.com, http://hooks.example.com/",
        "hooks.example.com, https://hooks.example.com:8443/",
        "hooks.example.com, https://evil-hooks.example.com/",
        "hooks.example.com, https://hooks.example.com.evil.org/",
        "https://hooks.example.com/in, https://hooks.example.com/inside",
        "https://hooks.example.com/in, https://hooks.example.com/",
        "*.example.com, https://example.com/",
        "*.example.com, https://.example.com/",
        "*.example.com, https://evilexample.com/"
    })
    void refusesWhatNoEntryCovers(String entry, URI callback) {
        assertThat(CallbackAddress.fault(callback).isPresent() || !allow(entry).allows(callback))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example.com/",
                "/relative",
                "mailto:someone@example.com",
                "https:///nohost",
                "https://hooks.example.com./",
                "https://user@hooks.example.com/",
                "https://good.example@hooks.example.com/",
                "https://hooks.example.com/#fragment",
                "https://hooks.example.com/in/../out",
                "https://hooks.example.com/in/..",
                "https://hooks.example.com/in/%2E%2e/out",
                "https://hooks.example.com/in%2fout",
                "https://hooks.example.com/in%5cout",
                "https://hooks.example.com//in"
            })
    void refusesAddressesThatMayBeReadInMoreThanOneWay(URI callback) {
        assertThat(CallbackAddress.fault(callback)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://", "https://*", "ex*mple.com", "https://a/b?c", "ftp://a", "a b"})
    void refusesEntriesThatAreNone(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> allow(entry));
    }

    @Test
    void refusesAWildcardForPrivateHosts() {
        assertThatIllegalArgumentException().isThrownBy(() -> allowPrivate("*.internal"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "2606:4700::1"
            })
    void allowsPublicAddresses(String resolved) throws UnknownHostException {
        assertThat(allow("hooks.example.com").allows("hooks.example.com", address(resolved)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1"
            })
    void refusesAllOtherAddressesBehindAName(String resolved) throws UnknownHostException {
        AllowList allowed = allow("hooks.example.com", "*.example.com");

        assertThat(allowed.allows("hooks.example.com", address(resolved))).isFalse();
    }

    @Test
    void allowsAnAddressThatAnEntryNames() throws UnknownHostException {
        AllowList allowed = allow("http://127.0.0.1:8080", "http://[::1]");

        assertThat(allowed.allows("127.0.0.1", address("127.0.0.1"))).isTrue();
        assertThat(allowed.allows("::1", address("::1"))).isTrue();
        assertThat(allowed.allows("127.0.0.2", address("127.0.0.2"))).isFalse();
        assertThat(allowed.allows("hooks.example.com", address("127.0.0.1"))).isFalse();
    }

    @Test
    void allowsPrivateAddressesOfHostsThatMayHaveThem() throws UnknownHostException {
        AllowList allowed = allowPrivate("http://receiver.default.svc:8080", "http://localhost");

        assertThat(allowed.allows("receiver.default.svc", address("10.96.0.7"))).isTrue();
        assertThat(allowed.allows("localhost", address("127.0.0.1"))).isTrue();
        assertThat(allowed.allows("other.default.svc", address("10.96.0.7"))).isFalse();
        assertThat(allowed.allows("receiver.default.svc", address("169.254.169.254")))
                .as("where clouds give out credentials")
                .isFalse();
        assertThat(allowed.allows("receiver.default.svc", address("0.0.0.0"))).isFalse();
    }
}

package dev.mayfly.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The client against receivers that answer as they should not. */
class CallbackClientTest {

    private static final CallbackProperties PROPERTIES = properties();

    private final List<AutoCloseable> open = new ArrayList<>();

    private static CallbackProperties properties() {
        return new CallbackProperties(
                List.of(),
                List.of(),
                List.of(),
                null,
                8,
                4,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                3,
                Duration.ofHours(1),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                DataSize.ofKilobytes(1),
                Duration.ofMillis(20),
                Duration.ofDays(1));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closed(T resource) {
        open.add(resource);
        return resource;
    }

    private AttemptOutcome post(String url, HostLookup lookup, String... allowed) throws NoSuchAlgorithmException {
        return post(
                url,
                lookup,
                new AllowList(Stream.of(allowed).map(AllowedTarget::parse).toList(), List.of()));
    }

    private AttemptOutcome post(String url, HostLookup lookup, AllowList list) throws NoSuchAlgorithmException {
        CallbackClient client =
                closed(CallbackClients.create(new GuardedResolver(lookup, list), SSLContext.getDefault(), PROPERTIES));
        return client.post(URI.create(url), "{}".getBytes(UTF_8), Map.of("webhook-id", "msg_1"));
    }

    private AttemptOutcome post(Receiver receiver) throws NoSuchAlgorithmException {
        return post(receiver.entry() + "/in?x=1", InetAddress::getAllByName, receiver.entry());
    }

    @Test
    void delivers() throws Exception {
        Receiver receiver = closed(Receiver.answering(204));

        assertThat(post(receiver).delivered()).isTrue();

        assertThat(receiver.received()).singleElement().satisfies(received -> {
            assertThat(received.path()).isEqualTo("/in?x=1");
            assertThat(received.header("Content-Type")).startsWith("application/json");
            assertThat(received.header("webhook-id")).isEqualTo("msg_1");
            assertThat(received.body()).isEqualTo("{}");
        });
    }

    @Test
    void reportsOtherAnswers() throws Exception {
        AttemptOutcome failed = post(closed(Receiver.answering(500)));
        AttemptOutcome gone = post(closed(Receiver.answering(410)));

        assertThat(failed).isEqualTo(new AttemptOutcome(500, "status", false, Duration.ZERO));
        assertThat(gone.isFinal()).isTrue();
    }

    @Test
    void heedsARequestToWait() throws Exception {
        Receiver receiver = closed(new Receiver(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            exchange.sendResponseHeaders(429, -1);
        }));

        assertThat(post(receiver).retryAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void followsNoRedirect() throws Exception {
        Receiver other = closed(Receiver.answering(200));
        Receiver receiver = closed(new Receiver(exchange -> {
            exchange.getResponseHeaders().set("Location", other.entry() + "/stolen");
            exchange.sendResponseHeaders(307, -1);
        }));

        assertThat(post(receiver)).isEqualTo(new AttemptOutcome(307, "status", false, Duration.ZERO));
        assertThat(other.received()).isEmpty();
    }

    @Test
    void givesUpOnAReceiverThatDoesNotAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Receiver receiver = closed(new Receiver(_ -> await(end)));
        open.add(end::countDown);

        assertThat(post(receiver).error()).isEqualTo("timeout");
    }

    @Test
    void givesUpOnAReceiverThatAnswersBitByBit() throws Exception {
        ServerSocket drip = closed(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> {
            try (var connection = drip.accept()) {
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
                while (true) {
                    connection.getOutputStream().write('x');
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException brokenOff) {
                // As it should be.
            }
        });
        String entry = "http://127.0.0.1:" + drip.getLocalPort();

        assertThat(post(entry, InetAddress::getAllByName, entry).error()).isEqualTo("timeout");
    }

    @Test
    void takesNoInterestInALongAnswer() throws Exception {
        Receiver receiver = closed(new Receiver(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[1024]);
                }
            } catch (IOException brokenOff) {
                // As it should be.
            }
        }));

        assertThat(post(receiver).delivered()).isTrue();
    }

    @Test
    void reportsThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String entry = "http://127.0.0.1:" + port;

        assertThat(post(entry, InetAddress::getAllByName, entry).error()).isEqualTo("connect-failed");
    }

    @Test
    void trustsNoReceiverWithoutACertificate() throws Exception {
        SSLServerSocket server = closed((SSLServerSocket) SSLContext.getDefault()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> {
            try (var connection = server.accept()) {
                connection.getInputStream().read();
            } catch (IOException refused) {
                // As it should be.
            }
        });
        String entry = "https://127.0.0.1:" + server.getLocalPort();

        assertThat(post(entry, InetAddress::getAllByName, entry).error()).isEqualTo("tls");
    }

    @Test
    void connectsToNoPrivateAddressBehindAName() throws Exception {
        Receiver receiver = closed(Receiver.answering(200));
        String entry = "http://hooks.example.com:" + receiver.port();

        AttemptOutcome outcome = post(entry, _ -> addresses("127.0.0.1"), entry);

        assertThat(outcome.error()).isEqualTo("address-refused");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void resolvesANameOnceAndConnectsToWhatItChecked() throws Exception {
        Receiver receiver = closed(Receiver.answering(200));
        AtomicInteger lookups = new AtomicInteger();
        // A second lookup would get another address than the one that was checked.
        HostLookup rebinding = _ -> addresses(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254");
        String entry = "http://receiver.internal:" + receiver.port();
        AllowList list = new AllowList(List.of(), List.of(AllowedTarget.parse(entry)));

        AttemptOutcome outcome = post(entry, rebinding, list);

        assertThat(outcome.delivered()).isTrue();
        assertThat(lookups).hasValue(1);
        assertThat(receiver.received()).hasSize(1);
        assertThat(post(entry, rebinding, list).error()).isEqualTo("address-refused");
    }

    @Test
    void connectsOnlyToThoseAddressesOfANameThatMayBeCalled() throws Exception {
        GuardedResolver resolver = new GuardedResolver(
                _ -> addresses("10.0.0.1", "8.8.8.8", "169.254.169.254"), new AllowList(List.of(), List.of()));

        assertThat(resolver.resolve("hooks.example.com")).containsExactly(InetAddress.getByName("8.8.8.8"));
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

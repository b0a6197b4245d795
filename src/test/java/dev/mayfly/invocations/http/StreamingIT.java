package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Input and output beyond what is buffered, and invocations that do not end as they should. */
@ScriptedApplicationTest
class StreamingIT {

    private static final int MEBIBYTE = 1024 * 1024;

    @Autowired
    private ScriptedFunctions functions;

    @Autowired
    private Scheduler scheduler;

    @Autowired
    private BufferBudget buffers;

    @LocalServerPort
    private int port;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private RawClient.Response invoke(String function) throws IOException {
        try (RawClient raw = new RawClient(port)) {
            raw.post(function, "");
            return raw.receive();
        }
    }

    /** Both ways at once: the JDK's client would first send all of the request. */
    @Test
    void aHundredMegabytesGoThroughBothWays() throws Exception {
        long size = 100L * MEBIBYTE;
        functions.deploy(
                "echo",
                ScriptedFunctions.configuration(new FunctionLimits(1, 120_000, size, size, 64), HttpMode.RAW),
                Guests::echo);
        MessageDigest received = MessageDigest.getInstance("SHA-256");

        try (RawClient raw = new RawClient(port)) {
            raw.send("POST /f/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + size + "\r\n\r\n");
            CompletableFuture<byte[]> sent = CompletableFuture.supplyAsync(() -> sendNoise(raw, size));
            RawClient.Response response =
                    raw.receive(new DigestOutputStream(OutputStream.nullOutputStream(), received));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).containsEntry("trailer", "Mayfly-Outcome, Mayfly-Exit-Code");
            assertThat(response.trailers()).containsEntry("mayfly-outcome", "succeeded");
            assertThat(received.digest()).isEqualTo(sent.get(20, TimeUnit.SECONDS));
        }
    }

    /** Sends so many random bytes. */
    private static byte[] sendNoise(RawClient raw, long size) {
        SplittableRandom random = new SplittableRandom(42);
        byte[] piece = new byte[64 * 1024];
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long sent = 0; sent < size; sent += piece.length) {
                random.nextBytes(piece);
                digest.update(piece);
                raw.send(piece);
            }
            return digest.digest();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void trailersTellTheOutcomeOfAStreamedOutput() throws Exception {
        functions.deploy("long-and-failing", (spec, interruption) -> {
            Guests.write(spec.stdout(), new byte[MEBIBYTE]);
            return new Outcome.Exited(3);
        });

        RawClient.Response response = invoke("long-and-failing");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).hasSize(MEBIBYTE);
        assertThat(response.trailers())
                .containsEntry("mayfly-outcome", "exited")
                .containsEntry("mayfly-exit-code", "3");
    }

    @Test
    void anOutputThatIsHeldBackHasALengthAndNoTrailers() throws Exception {
        functions.deploy("short", (spec, interruption) -> {
            Guests.write(spec.stdout(), new byte[256 * 1024 - 1]);
            return new Outcome.Exited(0);
        });

        RawClient.Response response = invoke("short");

        assertThat(response.headers()).containsEntry("content-length", "262143").doesNotContainKey("trailer");
        assertThat(response.headers()).containsEntry("mayfly-outcome", "succeeded");
    }

    @Test
    void anOutputOverItsLimitEndsCleanlyAndSaysSo() throws Exception {
        functions.deploy(
                "too-long",
                ScriptedFunctions.configuration(new FunctionLimits(1, 5000, 0, MEBIBYTE, 64), HttpMode.RAW),
                (spec, interruption) -> {
                    Guests.write(spec.stdout(), new byte[2 * MEBIBYTE]);
                    return new Outcome.Exited(0);
                });

        RawClient.Response response = invoke("too-long");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).hasSize(MEBIBYTE);
        assertThat(response.trailers()).containsEntry("mayfly-outcome", "output-too-large");
    }

    @Test
    void aClientOfAnOlderProtocolGetsTheOutputWithoutTrailers() throws Exception {
        functions.deploy("long", (spec, interruption) -> {
            Guests.write(spec.stdout(), new byte[MEBIBYTE]);
            return new Outcome.Exited(0);
        });
        try (RawClient raw = new RawClient(port)) {
            raw.send("GET /f/long HTTP/1.0\r\n\r\n");
            assertThat(raw.receive().body()).hasSize(MEBIBYTE);
        }
    }

    @Test
    void aSlowReaderHoldsUpTheInstanceAndTheDeadlineStillEndsIt() throws Exception {
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        functions.deploy(
                "fast-writer",
                ScriptedFunctions.configuration(new FunctionLimits(1, 500, 0, 200L * MEBIBYTE, 64), HttpMode.RAW),
                (spec, interruption) -> {
                    try {
                        ByteBuffer endless = ByteBuffer.allocate(MEBIBYTE);
                        int taken = 1;
                        while (taken > 0 && interruption.reason().isEmpty()) {
                            taken = spec.stdout().write(endless, interruption.remaining());
                            written.addAndGet(taken);
                            endless.clear();
                        }
                    } finally {
                        ended.complete(null);
                    }
                    return new Outcome.Exited(0);
                });
        try (RawClient raw = new RawClient(port)) {
            raw.post("fast-writer", "");
            ended.get(20, TimeUnit.SECONDS);
            assertThat(written).hasValueLessThan(50L * MEBIBYTE);
            assertThat(raw.receive().trailers()).containsEntry("mayfly-outcome", "timed-out");
        }
    }

    @Test
    void anInstanceThatEndsEarlyDoesNotWaitForTheRestOfItsInput() throws Exception {
        functions.deploy("uninterested", (spec, interruption) -> {
            Guests.print(spec.stdout(), "enough");
            return new Outcome.Exited(0);
        });
        try (RawClient raw = new RawClient(port)) {
            raw.send("POST /f/uninterested HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
            raw.send(new byte[100_000]);
            assertThat(raw.receive().text()).isEqualTo("enough");
        }
    }

    @Test
    void anInstanceThatDoesNotStopIsNotWaitedForButKeepsItsSlot() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        functions.deploy(
                "stubborn",
                ScriptedFunctions.configuration(new FunctionLimits(1, 50, 0, 100, 64), HttpMode.RAW),
                (spec, interruption) -> {
                    awaitUninterruptibly(release);
                    return new Outcome.Exited(0);
                });

        RawClient.Response response = invoke("stubborn");

        assertThat(response.status()).isEqualTo(504);
        assertThat(scheduler.running()).isEqualTo(1);
        release.countDown();
        await().until(() -> scheduler.running() == 0);
    }

    @Test
    void moreThanCanRunOrWaitIsRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        functions.deploy("popular", (spec, interruption) -> {
            awaitUninterruptibly(release);
            return new Outcome.Exited(0);
        });
        HttpRequest get = request("/f/popular").build();
        List<CompletableFuture<HttpResponse<String>>> admitted = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            admitted.add(client.sendAsync(get, BodyHandlers.ofString()));
            int sent = i;
            await().until(() -> scheduler.running() + scheduler.queueLength() == sent);
        }

        HttpResponse<String> refused = client.send(get, BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("/problems/over-capacity", "mayfly.scheduling.queue-capacity-per-function");
        release.countDown();
        for (CompletableFuture<HttpResponse<String>> each : admitted) {
            assertThat(each.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothingStaysBuffered() throws Exception {
        functions.deploy("echo-some", Guests::echo);
        try (RawClient raw = new RawClient(port)) {
            raw.post("echo-some", "x".repeat(200_000));
            assertThat(raw.receive().body()).hasSize(200_000);
        }
        await().until(() -> buffers.taken() == 0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

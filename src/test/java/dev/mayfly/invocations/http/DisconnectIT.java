package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A client that disconnects ends its invocation; one that does anything else does not. */
@ScriptedApplicationTest
class DisconnectIT {

    /** Many times the interval at which connections are looked at. */
    private static final Duration MANY_PROBES = Duration.ofMillis(300);

    private static final String CHUNK = "x".repeat(1000);

    @Autowired
    private ScriptedFunctions functions;

    @Autowired
    private Scheduler scheduler;

    @LocalServerPort
    private int port;

    /** How an instance was interrupted; completed when it ends. */
    private final CompletableFuture<Optional<Interruption.Reason>> end = new CompletableFuture<>();

    private final CompletableFuture<Void> start = new CompletableFuture<>();

    /** Deploys a function that computes silently until it is interrupted. */
    private void deploySilent(String name) {
        functions.deploy(name, (spec, interruption) -> {
            start.complete(null);
            Guests.idle(spec, interruption);
            end.complete(interruption.reason());
            return new Outcome.Exited(0);
        });
    }

    private void assertClientGone() throws Exception {
        assertThat(end.get(20, TimeUnit.SECONDS)).contains(Interruption.Reason.CLIENT_GONE);
    }

    private RawClient connect() throws IOException {
        return new RawClient(port);
    }

    @Test
    void closingTheConnectionEndsASilentInstance() throws Exception {
        deploySilent("silent");
        try (RawClient client = connect()) {
            client.post("silent", "input");
            start.get(20, TimeUnit.SECONDS);
        }
        assertClientGone();
    }

    @Test
    void closingEndsAnInstanceThatHasNoInput() throws Exception {
        deploySilent("no-input");
        try (RawClient client = connect()) {
            client.send("GET /f/no-input HTTP/1.1\r\nHost: localhost\r\n\r\n");
            start.get(20, TimeUnit.SECONDS);
        }
        assertClientGone();
    }

    @Test
    void closingAfterAChunkedBodyEndsTheInstance() throws Exception {
        deploySilent("chunked");
        try (RawClient client = connect()) {
            client.send(
                    "POST /f/chunked HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            start.get(20, TimeUnit.SECONDS);
        }
        assertClientGone();
    }

    @Test
    void resettingTheConnectionEndsTheInstance() throws Exception {
        deploySilent("reset");
        RawClient client = connect();
        client.post("reset", "input");
        start.get(20, TimeUnit.SECONDS);
        client.reset();
        assertClientGone();
    }

    @Test
    void closingOnlyTheSendingSideCountsAsGone() throws Exception {
        deploySilent("half-closed");
        try (RawClient client = connect()) {
            client.post("half-closed", "input");
            start.get(20, TimeUnit.SECONDS);
            client.shutdownOutput();
            assertClientGone();
        }
    }

    @Test
    void closingInTheMiddleOfALongBodyEndsTheInstance() throws Exception {
        functions.deploy("reading", (spec, interruption) -> {
            start.complete(null);
            try {
                Guests.readAll(spec);
            } catch (IOException severed) {
                end.complete(interruption.reason());
            }
            return new Outcome.Exited(0);
        });
        try (RawClient client = connect()) {
            client.send("POST /f/reading HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n");
            for (int i = 0; i < 200; i++) {
                client.send(CHUNK);
            }
            start.get(20, TimeUnit.SECONDS);
        }
        assertClientGone();
    }

    @Test
    void closingWhileOutputIsStreamedEndsTheInstance() throws Exception {
        functions.deploy("streaming", (spec, interruption) -> {
            try {
                while (interruption.reason().isEmpty()) {
                    Guests.print(spec.stdout(), CHUNK);
                }
            } catch (IOException severed) {
                // The instance is to end.
            }
            end.complete(interruption.reason());
            return new Outcome.Exited(0);
        });
        try (RawClient client = connect()) {
            client.post("streaming", "");
            assertThat(client.receiveHead()).isEqualTo(200);
        }
        assertClientGone();
    }

    @Test
    void closingWhileWaitingForASlotLeavesTheQueue() throws Exception {
        deploySilent("busy");
        try (RawClient first = connect();
                RawClient second = connect()) {
            first.post("busy", "");
            second.post("busy", "");
            try (RawClient third = connect()) {
                await().until(() -> scheduler.running() == 2);
                third.post("busy", "");
                await().until(() -> scheduler.queueLength() == 1);
            }
            await().until(() -> scheduler.queueLength() == 0);
            assertThat(scheduler.running()).isEqualTo(2);
        }
        await().until(() -> scheduler.running() == 0);
    }

    @Test
    void aPipelinedRequestIsNoDisconnect() throws Exception {
        deployPausing("pausing");
        String get = "GET /f/pausing HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = connect()) {
            client.send(get + get);
            assertThat(client.receive().text()).isEqualTo("done");
            assertThat(client.receive().text()).isEqualTo("done");
        }
    }

    /** One byte is what Tomcat says is there when reading fails. */
    @Test
    void oneByteOfAPipelinedRequestIsNoDisconnect() throws Exception {
        deployPausing("pausing");
        String get = "GET /f/pausing HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String post = "POST /f/pausing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx";
        String chunked =
                "POST /f/pausing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
        for (String request : new String[] {get, post, chunked}) {
            try (RawClient client = connect()) {
                client.send(request + "G");
                assertThat(client.receive().text()).isEqualTo("done");
                client.send(get.substring(1));
                assertThat(client.receive().text()).isEqualTo("done");
            }
        }
    }

    @Test
    void aConnectionThatWasLookedAtIsUsedAgain() throws Exception {
        deployPausing("pausing");
        try (RawClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                client.post("pausing", "input " + i);
                assertThat(client.receive().text()).isEqualTo("done");
            }
        }
    }

    private void deployPausing(String name) {
        functions.deploy(name, (spec, interruption) -> {
            interruption.pause(MANY_PROBES);
            Guests.print(spec.stdout(), "done");
            return new Outcome.Exited(0);
        });
    }
}

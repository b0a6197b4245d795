package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Scheduler;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Callers have bounds of their own, and do not hold back others. */
@ScriptedApplicationTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:caller-limits",
            "mayfly.scheduling.slots=4",
            "mayfly.scheduling.max-concurrency-per-function=4",
            "mayfly.scheduling.queue-capacity-per-key=2",
            // of "one" and "two", by sha256sum
            "mayfly.access.keys[0].name=one",
            "mayfly.access.keys[0].hash=sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
            "mayfly.access.keys[0].max-concurrency=1",
            "mayfly.access.keys[1].name=two",
            "mayfly.access.keys[1].hash=sha256:3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"
        })
class CallerLimitsIT {

    @Autowired
    private ScriptedFunctions functions;

    @Autowired
    private Scheduler scheduler;

    @LocalServerPort
    private int port;

    /** A request that has been sent. */
    private RawClient send(String function, String key, String headers) throws IOException {
        RawClient client = new RawClient(port);
        client.send("POST /v1/functions/" + function + "/invocations HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + key + "\r\n" + headers + "Content-Length: 0\r\n\r\n");
        return client;
    }

    private RawClient send(String function, String key) throws IOException {
        return send(function, key, "");
    }

    @Test
    void aCallerAtItsBoundWaitsAndNobodyElseDoes() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        functions.deploy("slow", (_, _) -> {
            awaitUninterruptibly(release);
            return new Outcome.Exited(0);
        });
        functions.deploy("fast", (_, _) -> new Outcome.Exited(0));
        try (RawClient running = send("slow", "one")) {
            await().until(() -> scheduler.running() == 1);
            try (RawClient waiting = send("fast", "one")) {
                await().until(() -> scheduler.queueLength() == 1);
                try (RawClient other = send("fast", "two")) {
                    assertThat(other.receive().status()).isEqualTo(200);
                }
                assertThat(scheduler.queueLength()).isEqualTo(1);
                release.countDown();
                assertThat(waiting.receive().status()).isEqualTo(200);
            }
            assertThat(running.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aRefusalNamesTheBoundThatWasHit() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        functions.deploy("slower", (_, _) -> {
            awaitUninterruptibly(release);
            return new Outcome.Exited(0);
        });
        functions.deploy("faster", (_, _) -> new Outcome.Exited(0));
        try (RawClient running = send("slower", "one")) {
            await().until(() -> scheduler.running() == 1);
            try (RawClient impatient = send("slower", "one", "Mayfly-Queue-Timeout-Ms: 50\r\n")) {
                RawClient.Response refused = impatient.receive();
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.headers()).containsKey("retry-after");
                assertThat(refused.text()).contains("\"limit\":\"mayfly.scheduling.max-concurrency-per-key\"");
            }
            try (RawClient first = send("slower", "one");
                    RawClient second = send("faster", "one")) {
                await().until(() -> scheduler.queueLength() == 2);
                try (RawClient third = send("faster", "one")) {
                    RawClient.Response refused = third.receive();
                    assertThat(refused.status()).isEqualTo(429);
                    assertThat(refused.text()).contains("\"limit\":\"mayfly.scheduling.queue-capacity-per-key\"");
                }
                release.countDown();
                assertThat(first.receive().status()).isEqualTo(200);
                assertThat(second.receive().status()).isEqualTo(200);
            }
            assertThat(running.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aQueueTimeoutIsANumberOfMilliseconds() throws Exception {
        functions.deploy("fastest", (_, _) -> new Outcome.Exited(0));
        for (String wrong : new String[] {"0", "-1", "soon", "1.5", "99999999999"}) {
            try (RawClient client = send("fastest", "two", "Mayfly-Queue-Timeout-Ms: " + wrong + "\r\n")) {
                assertThat(client.receive().status()).isEqualTo(400);
            }
        }
        try (RawClient client = send("fastest", "two", "Mayfly-Queue-Timeout-Ms: 5000\r\n")) {
            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

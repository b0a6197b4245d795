package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Real instances that wait or compute, with two slots: who gives way to whom, and what processor time is. */
@ParameterizedClass
@EnumSource(
        value = TestedEngine.class,
        names = {"WASMTIME", "MICROVM"})
class SharedSlotsIT {

    private static final byte[] NOTHING = new byte[0];
    private static final String LONG = "{\"limits\": {\"timeoutMs\": 100000}}";
    private static final String LITTLE_PROCESSOR_TIME = "{\"limits\": {\"timeoutMs\": 100000, \"cpuTimeMs\": 100}}";

    private static final String LOOP =
            "(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))";

    private static final String NOTHING_TO_DO = "(module (memory (export \"memory\") 1) (func (export \"_start\")))";

    /** Waits for its input. */
    private static final String READ = """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (loop $next
                  (i32.store (i32.const 0) (i32.const 1024))
                  (i32.store (i32.const 4) (i32.const 32768))
                  (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then (return)))
                  (br_if $next (i32.load (i32.const 8))))))
            """;

    /** Sleeps for some nanoseconds. */
    private static String sleep(long nanos) {
        return """
                (module
                  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "_start")
                    (i32.store (i32.const 16) (i32.const 1))
                    (i64.store (i32.const 24) (i64.const %d))
                    (drop (call $poll (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 512)))))
                """.formatted(nanos);
    }

    private static Mayfly mayfly;
    private static Http http;
    private static Scheduler scheduler;

    @Parameter
    private TestedEngine tested;

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine tested, @TempDir Path directory) throws EngineException {
        tested.open().close(); // or skips, where it cannot be
        Map<String, String> settings = Map.of(
                "mayfly.invocations.probe-interval",
                "20ms",
                "mayfly.engine",
                tested.name().toLowerCase(Locale.ROOT),
                "mayfly.scheduling.slots",
                "2",
                "mayfly.scheduling.max-concurrency-per-function",
                "2");
        mayfly = Mayfly.start(directory, Database.H2, settings);
        http = new Http(mayfly);
        scheduler = mayfly.bean(Scheduler.class);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    private static void deploy(String name, String wat, String configuration) {
        assertThat(http.put("/v1/functions/" + name, configuration).status()).isLessThan(300);
        Http.Answer answer = http.upload("/v1/functions/" + name + "/versions", Wat.toBinary(wat));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static Http.Answer invoke(String name) {
        return http.post("/v1/functions/" + name + "/invocations", "application/octet-stream", NOTHING);
    }

    @Test
    void instancesThatSleepLeaveTheirSlotsToThoseThatCompute() throws Exception {
        deploy("sleeps", sleep(90_000_000_000L), LONG);
        deploy("computes", NOTHING_TO_DO, LONG);
        List<RawClient> sleeping = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RawClient client = new RawClient(mayfly.uri("/").getPort());
            client.post("sleeps", "");
            sleeping.add(client);
        }
        await().until(() -> scheduler.blocked() == 6);

        Http.Answer answer = invoke("computes");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Mayfly-Engine")).isEqualTo(tested.name().toLowerCase(Locale.ROOT));
        assertThat(scheduler.blocked()).isEqualTo(6);
        for (RawClient client : sleeping) {
            client.close();
        }
        await().until(() -> scheduler.running() == 0);
    }

    @Test
    void instancesThatWaitForASlowClientDoSoToo() throws Exception {
        deploy("reads", READ, LONG);
        deploy("computes-too", NOTHING_TO_DO, LONG);
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = new RawClient(mayfly.uri("/").getPort());
            client.send(
                    "POST /v1/functions/reads/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\n\r\n"
                            + "x".repeat(69_000));
            slow.add(client);
        }
        await().until(() -> scheduler.blocked() == 3);

        assertThat(invoke("computes-too").status()).isEqualTo(200);

        for (RawClient client : slow) {
            client.send("x".repeat(1_000));
            assertThat(client.receive().status()).isEqualTo(200);
            client.close();
        }
        await().until(() -> scheduler.running() == 0);
    }

    @Test
    void anInstanceThatComputesForTooLongIsEnded() {
        deploy("loops", LOOP, LITTLE_PROCESSOR_TIME);

        Http.Answer answer = invoke("loops");

        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(answer.text("type")).isEqualTo("/problems/cpu-time-exceeded");
        assertThat(answer.text("limit")).isEqualTo("cpuTimeMs");
        assertThat(http.get("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"))
                        .text("outcome"))
                .isEqualTo("cpu-time-exceeded");
    }

    @Test
    void timeSpentWaitingIsNoProcessorTime() {
        deploy("naps", sleep(500_000_000L), LITTLE_PROCESSOR_TIME);

        Http.Answer answer = invoke("naps");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}

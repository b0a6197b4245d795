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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Real modules, uploaded and invoked over HTTP. */
@ParameterizedClass
@EnumSource(
        value = TestedEngine.class,
        names = {"WASMTIME", "MICROVM"})
class EngineInvocationIT {

    private static final byte[] NOTHING = new byte[0];

    /** Copies standard input to standard output. */
    private static final String ECHO = """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (loop $next
                  (i32.store (i32.const 0) (i32.const 1024))
                  (i32.store (i32.const 4) (i32.const 32768))
                  (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then (return)))
                  (i32.store (i32.const 4) (i32.load (i32.const 8)))
                  (if (i32.eqz (i32.load (i32.const 8))) (then (return)))
                  (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))
                  (br $next))))
            """;

    private static final String EXIT = """
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "_start") (call $exit (i32.const 42))))
            """;

    private static final String OUT_OF_BOUNDS = """
            (module
              (memory (export "memory") 1)
              (func (export "_start") (drop (i32.load (i32.const 65536)))))
            """;

    private static final String LOOP =
            "(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))";

    private static final String ADD = """
            (module
              (memory (export "memory") 1)
              (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1))))
            """;

    private static Mayfly mayfly;
    private static Http http;

    @Parameter
    private TestedEngine tested;

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine tested, @TempDir Path directory) throws EngineException {
        tested.open().close(); // or skips, where it cannot be
        Map<String, String> settings =
                Map.of("mayfly.invocations.probe-interval", "20ms", "mayfly.engine", name(tested));
        mayfly = Mayfly.start(directory, Database.H2, settings);
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    private static String name(TestedEngine engine) {
        return engine.name().toLowerCase(Locale.ROOT);
    }

    private static void deploy(String name, String wat, String configuration) {
        assertThat(http.put("/v1/functions/" + name, configuration).status()).isLessThan(300);
        Http.Answer answer = http.upload("/v1/functions/" + name + "/versions", Wat.toBinary(wat));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static Http.Answer invoke(String name, byte[] input) {
        return http.post("/v1/functions/" + name + "/invocations", "application/octet-stream", input);
    }

    @Test
    void inputComesOutAgainAndIsRecorded() {
        deploy("echo", ECHO, "{}");

        Http.Answer answer = invoke("echo", "some text".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("some text");
        assertThat(answer.header("Mayfly-Exit-Code")).isEqualTo("0");
        assertThat(answer.header("Mayfly-Engine")).isEqualTo(name(tested));
        JsonNode invocation = http.get("/v1/invocations/" + answer.header("Mayfly-Invocation-Id"))
                .json();
        assertThat(invocation.get("outcome").stringValue()).isEqualTo("succeeded");
        assertThat(invocation.get("peakMemoryBytes").intValue()).isEqualTo(65536);
        assertThat(invocation.get("bytesIn").intValue()).isEqualTo(9);
    }

    @Test
    void megabytesGoThrough() {
        deploy("long-echo", ECHO, "{}");
        byte[] input = "0123456789abcdef".repeat(50_000).getBytes(StandardCharsets.UTF_8);

        assertThat(invoke("long-echo", input).body()).isEqualTo(input);
    }

    @Test
    void anExitCodeIsTold() {
        deploy("exit", EXIT, "{}");

        Http.Answer answer = invoke("exit", NOTHING);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().get("exitCode").intValue()).isEqualTo(42);
    }

    @Test
    void aTrapIsToldWithItsBacktrace() {
        deploy("out-of-bounds", OUT_OF_BOUNDS, "{}");

        Http.Answer answer = invoke("out-of-bounds", NOTHING);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().get("trap").stringValue()).isEqualTo("memory-out-of-bounds");
        assertThat(answer.json().get("backtrace").get(0).stringValue()).startsWith("func[0]");
    }

    @Test
    void anEndlessLoopRunsOutOfTime() {
        deploy("loop", LOOP, "{\"limits\": {\"timeoutMs\": 100}}");

        assertThat(invoke("loop", NOTHING).status()).isEqualTo(504);
        await().until(() -> mayfly.bean(Scheduler.class).running() == 0);
    }

    @Test
    void anEndlessLoopEndsWhenItsClientIsGone() throws Exception {
        deploy("patient-loop", LOOP, "{\"limits\": {\"timeoutMs\": 100000}}");
        try (RawClient client = new RawClient(mayfly.uri("/").getPort())) {
            client.post("patient-loop", "");
            await().until(() -> mayfly.bean(Scheduler.class).running() == 1);
        }

        await().until(() ->
                http.get("/v1/functions/patient-loop/invocations").text().contains("\"outcome\":\"client-gone\""));
    }

    @Test
    void aReactorComputes() {
        deploy("add", ADD, "{\"entryPoint\": \"add\"}");

        Http.Answer answer = http.post(
                "/v1/functions/add/invocations",
                "application/json",
                "[9007199254740993, 9007199254740993]".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.text()).isEqualTo("[18014398509481986]");
    }
}

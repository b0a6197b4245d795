package dev.mayfly.invocations.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What functions may do with files and system calls, configured and felt over HTTP. */
class ConfinementIT {

    /** Makes the file "f", which must not be there, writes to it, reads it back and prints that. Exits with an errno. */
    private static final String WRITES_A_FILE = """
            (module
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 100) "f")
              (data (i32.const 200) "kept")
              (func $check (param $errno i32)
                (if (local.get $errno) (then (call $exit (local.get $errno)))))
              (func (export "_start")
                (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 5)
                  (i64.const 70) (i64.const 0) (i32.const 0) (i32.const 0)))
                (i32.store (i32.const 8) (i32.const 200))
                (i32.store (i32.const 12) (i32.const 4))
                (call $check (call $write (i32.load (i32.const 0)) (i32.const 8) (i32.const 1) (i32.const 16)))
                (call $check (call $seek (i32.load (i32.const 0)) (i64.const 0) (i32.const 0) (i32.const 24)))
                (i32.store (i32.const 8) (i32.const 300))
                (call $check (call $read (i32.load (i32.const 0)) (i32.const 8) (i32.const 1) (i32.const 16)))
                (call $check (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))))
            """;

    /** Makes a file of so many bytes and leaves it open. Exits with an errno, or then traps. */
    private static final String TAKES_MEMORY = """
            (module
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_allocate" (func $allocate (param i32 i64 i64) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 100) "f")
              (func $check (param $errno i32)
                (if (local.get $errno) (then (call $exit (local.get $errno)))))
              (func (export "_start")
                (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 5)
                  (i64.const 320) (i64.const 0) (i32.const 0) (i32.const 0)))
                (call $check (call $allocate (i32.load (i32.const 0)) (i64.const 0) (i64.const %d)))
                (unreachable)))
            """;

    private static final int FILE_MEMORY = 2 << 20;
    private static final byte[] NOTHING = new byte[0];

    private static Mayfly mayfly;
    private static Http http;

    private final String function = "/v1/functions/f-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                Database.H2,
                Map.of(
                        "mayfly.invocations.file-memory", FILE_MEMORY + "B",
                        "mayfly.functions.system-calls.defaults", "sched_yield=deny:nosys",
                        "mayfly.functions.system-calls.ceiling", "proc_raise=trap, sock_send=deny:perm"));
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
    }

    @Test
    void filesLastAsLongAsTheInvocation() {
        deploy("{}");
        for (int i = 0; i < 3; i++) {
            Http.Answer answer = invoke();
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "{\"limits\": {\"maxFiles\": 0}}; 19",
                "{\"limits\": {\"maxFileSystemBytes\": 0}}; 51",
                "{\"limits\": {\"maxFileSystemBytes\": 700}}; 51",
                "{\"systemCalls\": {\"path_open\": \"deny:acces\"}}; 2",
                "{\"systemCalls\": {\"fd_seek\": \"deny\"}}; 76",
                "{\"systemCalls\": {\"default\": \"deny:nosys\"}}; 52"
            })
    void whatIsNotAllowedIsAnErrorToTheFunction(String configuration, int errno) {
        deploy(configuration);
        Http.Answer answer = invoke();
        assertThat(answer.text("type")).as(answer.text()).isEqualTo("/problems/guest-exit");
        assertThat(answer.number("exitCode")).isEqualTo(errno);
    }

    @Test
    void filesOfAllInstancesShareTheirMemory() {
        deploy("{}", TAKES_MEMORY.formatted(FILE_MEMORY + 1));
        Http.Answer answer = invoke();
        assertThat(answer.text("type")).as(answer.text()).isEqualTo("/problems/guest-exit");
        assertThat(answer.number("exitCode")).isEqualTo(51);
        assertThat(http.get("/actuator/prometheus").text()).contains("mayfly_invocations_files_bytes 0.0\n");
    }

    @Test
    void whatAnInstanceLeavesBehindIsGivenBack() {
        deploy("{}", TAKES_MEMORY.formatted(FILE_MEMORY * 3 / 4));
        for (int i = 0; i < 5; i++) {
            Http.Answer answer = invoke();
            assertThat(answer.text("type")).as(answer.text()).isEqualTo("/problems/guest-trap");
        }
        assertThat(http.get("/actuator/prometheus").text()).contains("mayfly_invocations_files_bytes 0.0\n");
    }

    @Test
    void aTrappedCallEndsTheInstance() {
        deploy("{\"systemCalls\": {\"path_open\": \"trap\"}}");
        Http.Answer answer = invoke();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text("type")).isEqualTo("/problems/system-call-denied");
        assertThat(answer.text("systemCall")).isEqualTo("path_open");
        assertThat(answer.text("detail")).contains("'path_open'");
    }

    @Test
    void rulesAreShownInTheConfigurationAndItsVersions() {
        deploy("{\"systemCalls\": {\"path_open\": \"deny\", \"fd_seek\": \"allow\"}}");
        String expected = "{\"default\":\"allow\",\"path_open\":\"deny:notcapable\",\"proc_raise\":\"trap\","
                + "\"sched_yield\":\"deny:nosys\",\"sock_send\":\"deny:perm\"}";
        assertThat(http.get(function).json().at("/configuration/systemCalls").toString())
                .isEqualTo(expected);
        assertThat(http.get(function + "/versions/1")
                        .json()
                        .at("/configuration/systemCalls")
                        .toString())
                .isEqualTo(expected);
        assertThat(http.get(function)
                        .json()
                        .at("/configuration/limits/maxFiles")
                        .asInt())
                .isEqualTo(10_000);
    }

    @Test
    void saysWhatIsWrongWithRules() {
        Http.Answer answer = http.put(
                function,
                "{\"systemCalls\": {\"path_opne\": \"trap\", \"fd_read\": \"deny:nope\", \"proc_exit\": \"deny\","
                        + " \"sock_send\": \"allow\", \"proc_raise\": \"deny\", \"default\": \"no\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-request");
        assertThat(answer.json().at("/errors").toString())
                .contains("systemCalls.path_opne", "systemCalls.fd_read", "systemCalls.proc_exit")
                .contains("systemCalls.sock_send", "'deny:perm'", "systemCalls.proc_raise", "'trap'")
                .contains("systemCalls.default");
    }

    @Test
    void theApiDescribesRulesAndFileLimits() {
        String schemas =
                http.get("/v3/api-docs").json().at("/components/schemas").toString();
        assertThat(schemas).contains("systemCalls", "maxFileSystemBytes", "maxFiles");
        assertThat(http.get("/v3/api-docs")
                        .json()
                        .at("/components/schemas/FunctionConfiguration/properties/systemCalls/type")
                        .asString())
                .isEqualTo("object");
    }

    private void deploy(String configuration) {
        deploy(configuration, WRITES_A_FILE);
    }

    private void deploy(String configuration, String module) {
        Http.Answer configured = http.put(function, configuration);
        assertThat(configured.status()).as(configured.text()).isEqualTo(201);
        Http.Answer uploaded = http.upload(function + "/versions", Wat.toBinary(module));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
    }

    private Http.Answer invoke() {
        return http.post(function + "/invocations", "application/octet-stream", NOTHING);
    }
}

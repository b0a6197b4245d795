package dev.mayfly.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of modules that the micro-VM engine has no instructions for. */
@RequiresKvm
class VectorModulesIT {

    private static final byte[] VECTORS = Wat.toBinary("""
            (module (memory (export "memory") 1)
              (func (export "_start") (v128.store (i32.const 0) (v128.const i64x2 1 2))))
            """);
    private static final byte[] NO_VECTORS = Wat.toBinary("(module (func (export \"_start\")))");

    @Test
    void theyAreRefusedAndTheRefusalSaysWhere(@TempDir Path directory) {
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, Map.of("mayfly.engine", "microvm"))) {
            Http http = new Http(mayfly);

            Http.Answer refused = http.upload("/v1/functions/vectors/versions", VECTORS);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().get("type").stringValue()).endsWith("/problems/module-unsupported");
            assertThat(refused.json().get("detail").stringValue()).contains("vector", "At byte");
        }
    }

    @Test
    void theyRunOnWasmtimeIfTheOperatorAllows(@TempDir Path directory) {
        Map<String, String> settings = Map.of("mayfly.engine", "microvm", "mayfly.sandbox.fallback", "wasmtime");
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, settings)) {
            Http http = new Http(mayfly);

            assertThat(engineOf(http, "vectors", VECTORS)).isEqualTo("wasmtime");
            assertThat(engineOf(http, "plain", NO_VECTORS)).isEqualTo("microvm");
        }
    }

    @Test
    void onesThatWerePublishedOnAnotherEngineAreRefusedWhenTheyAreInvoked(@TempDir Path directory) {
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, Map.of("mayfly.engine", "wasmtime"))) {
            assertThat(engineOf(new Http(mayfly), "vectors", VECTORS)).isEqualTo("wasmtime");
        }
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, Map.of("mayfly.engine", "microvm"))) {
            Http.Answer refused =
                    new Http(mayfly).post("/v1/functions/vectors/invocations", "application/octet-stream", new byte[0]);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.header("Mayfly-Outcome")).isEqualTo("module-refused");
            assertThat(refused.json().get("type").stringValue()).endsWith("/problems/module-unsupported");
            assertThat(refused.json().get("detail").stringValue()).contains("vector", "At byte");
        }
    }

    private static String engineOf(Http http, String function, byte[] module) {
        Http.Answer uploaded = http.upload("/v1/functions/" + function + "/versions", module);
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        Http.Answer answer =
                http.post("/v1/functions/" + function + "/invocations", "application/octet-stream", new byte[0]);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.header("Mayfly-Engine");
    }
}

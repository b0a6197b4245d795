package dev.mayfly.sandbox.wasmtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.Outcome;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SystemCallLimitTest {

    @Test
    void tooManySystemCallsEndTheInstance() throws EngineException {
        String text = """
                (module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
                  (memory (export "memory") 1)
                  (func (export "_start") (loop (drop (call $yield)) (br 0))))
                """;
        try (EngineFixture strict = fixture(new WasmtimeSettings(10, true))) {
            assertThat(strict.command(text)).isEqualTo(new Outcome.LimitExceeded(Outcome.Limit.SYSTEM_CALLS));
        }
    }

    private static EngineFixture fixture(WasmtimeSettings settings) throws EngineException {
        return new EngineFixture(WasmtimeEngine.create(settings, InstantSource.system()));
    }
}

package dev.mayfly.sandbox.microvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.sandbox.WasmValue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Common hypercalls leave nothing for the garbage collector. */
@RequiresKvm
class AllocationTest {

    private static final int MANY = 10_000;
    private static final int ROUNDS = 6;

    private static final String CALLS = """
            (module
              (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "f") (param $times i32)
                (i32.store (i32.const 4) (i32.const 16))
                (loop $again
                  (if (local.get $times) (then
                    (if %s (then unreachable))
                    (local.set $times (i32.sub (local.get $times) (i32.const 1)))
                    (br $again))))))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(call $time (i32.const 1) (i64.const 1) (i32.const 128))",
                "(call $write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 128))",
                "(call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 128))"
            })
    void aCommonCallAllocatesNothing(String call) throws Exception {
        try (EngineFixture engine = new EngineFixture(TestedEngine.MICROVM.open());
                ExecutableModule module = engine.compile(CALLS.formatted(call))) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) { // as the JVM compiles what is run, less and less is allocated
                long few = engine.onInstanceThread(() -> allocated(module, 1));
                long many = engine.onInstanceThread(() -> allocated(module, 1 + MANY));
                least = Math.min(least, Math.max(0, many - few));
            }
            assertThat(least / MANY).isZero();
        }
    }

    private static long allocated(ExecutableModule module, int times) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Outcome outcome = module.run(
                        EngineFixture.reactor("f", new WasmValue.I32(times)), Interruption.after(Duration.ofMinutes(1)))
                .outcome();
        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

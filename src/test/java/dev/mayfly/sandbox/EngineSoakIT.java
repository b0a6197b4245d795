package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of an instance stays behind, however it ended. Reads the process's memory from {@code /proc}. */
@EnabledOnOs(OS.LINUX)
class EngineSoakIT {

    private static final int BATCHES = 5;
    private static final int RUNS = 12_000;
    private static final int COMPILATIONS = 500;

    /** What a leak of less than 2 KiB in an instance, or of 42 KiB in a compilation, would add in a batch. */
    private static final long TOLERATED_BYTES = 4L << 20;

    /** Exits, traps, overflows its stack or returns, as its one byte of input says. */
    private static final String WAYS_TO_END = """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 2)
              (func $recurse (call $recurse))
              (func (export "_start")
                (i32.store (i32.const 0) (i32.const 100))
                (i32.store (i32.const 4) (i32.const 1))
                (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
                (if (i32.eq (i32.load8_u (i32.const 100)) (i32.const 49)) (then (call $exit (i32.const 1))))
                (if (i32.eq (i32.load8_u (i32.const 100)) (i32.const 50)) (then unreachable))
                (if (i32.eq (i32.load8_u (i32.const 100)) (i32.const 51)) (then (call $recurse)))))
            """;

    @ParameterizedTest
    @EnumSource(
            value = TestedEngine.class,
            names = {"WASMTIME", "MICROVM"})
    void twelveThousandInstancesLeaveNothingBehind(TestedEngine tested) throws Exception {
        try (EngineFixture engine = new EngineFixture(tested.open());
                ExecutableModule module = engine.compile(WAYS_TO_END)) {
            assertThat(leastGrowth(() -> runMany(engine, module, RUNS / BATCHES)))
                    .isLessThan(TOLERATED_BYTES);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestedEngine.class,
            names = {"WASMTIME", "MICROVM"})
    void compiledModulesLeaveNothingBehind(TestedEngine tested) throws Exception {
        try (EngineFixture engine = new EngineFixture(tested.open())) {
            assertThat(leastGrowth(() -> compileMany(engine, COMPILATIONS / BATCHES)))
                    .isLessThan(TOLERATED_BYTES);
        }
    }

    /** The JVM grows too, now and then, for reasons of its own; a leak grows with every batch, so the least one tells. */
    private static long leastGrowth(Batch batch) throws Exception {
        long least = Long.MAX_VALUE;
        long before = residentBytes();
        for (int i = 0; i < BATCHES; i++) {
            batch.run();
            long after = residentBytes();
            least = Math.min(least, after - before);
            before = after;
        }
        return least;
    }

    private interface Batch {
        void run() throws Exception;
    }

    private static void runMany(EngineFixture engine, ExecutableModule module, int count) throws Exception {
        engine.onInstanceThread(() -> {
            for (int i = 0; i < count; i++) {
                String way = i % 100 == 3 ? "3" : Integer.toString(i % 3);
                module.run(
                        EngineFixture.command(BytesInput.of(way), new CapturedOutput()),
                        Interruption.after(Duration.ofMinutes(1)));
            }
            return null;
        });
    }

    private static void compileMany(EngineFixture engine, int count) throws Exception {
        byte[] binary = dev.mayfly.testsupport.Wat.toBinary(WAYS_TO_END);
        for (int i = 0; i < count; i++) {
            try (ExecutableModule module = engine.compile(binary, EngineFixture.LIMITS)) {
                engine.run(
                        module,
                        EngineFixture.command(BytesInput.of("1"), new CapturedOutput()),
                        Interruption.after(Duration.ofMinutes(1)));
            }
        }
    }

    /** The heap that is in use, and what the process has in memory outside of the heap. */
    private static long residentBytes() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        long heapInUse = runtime.totalMemory() - runtime.freeMemory();
        return heapInUse + anonymousBytes() - runtime.totalMemory();
    }

    private static long anonymousBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}

package dev.mayfly.performance;

import dev.mayfly.compiler.BinarySource;
import dev.mayfly.compiler.Compiler;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import dev.mayfly.testsupport.Programs;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.binary.BinaryLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * How fast large modules are compiled, on one thread and on all cores, and by Wasmtime on all cores. All take turns; the
 * best round counts: by then the JVM has compiled the compiler. MB are those of the functions' bodies. Run by {@code
 * ./mvnw -Pbenchmark -DskipTests verify}.
 */
public final class CompileBenchmark {

    /** For the rounds of one module; there is one at least. */
    private static final long ROUNDS_NANOS = 10_000_000_000L;

    private static final InstanceLimits LIMITS = new InstanceLimits(65_536, 100_000, 512 << 10);

    /** What is compiled, once per round. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private final Path file;
    private final byte[] binary;
    private final Module module;
    private long codeBytes;

    private CompileBenchmark(Path file) throws Exception {
        this.file = file;
        binary = Files.readAllBytes(file);
        module = Wat.decode(binary);
    }

    public static void main(String[] arguments) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                "%-24s %7s %7s %8s %8s %8s %8s%n", "", "MB", "code", "first", "1 thread", cores + " cores", "Wasmtime");
        List<Path> modules =
                List.of(Programs.lua(), Programs.sqlite(), Programs.wat2wasm(), Programs.go(), Programs.cPython());
        try (WasmtimeEngine wasmtime = WasmtimeEngine.create(WasmtimeSettings.DEFAULT, InstantSource.system());
                ExecutorService executor = Executors.newFixedThreadPool(cores)) {
            for (Path file : modules) {
                new CompileBenchmark(file).measure(wasmtime, executor, cores);
            }
        }
        Runtime runtime = Runtime.getRuntime();
        System.out.printf("heap: at most %d MiB%n", runtime.maxMemory() >> 20);
    }

    private void measure(WasmtimeEngine wasmtime, ExecutorService executor, int cores) throws Exception {
        double first = seconds(() -> compile(executor, cores));
        double one = Double.MAX_VALUE;
        double all = Double.MAX_VALUE;
        double others = Double.MAX_VALUE;
        long end = System.nanoTime() + ROUNDS_NANOS;
        while (one == Double.MAX_VALUE || System.nanoTime() < end) {
            one = Math.min(one, seconds(() -> compile(executor, 1)));
            all = Math.min(all, seconds(() -> compile(executor, cores)));
            others = Math.min(others, seconds(() -> wasmtime.compile(module, new ModuleBinary(file, ""), LIMITS)
                    .close()));
        }
        double size = IntStream.range(0, module.bodies().count())
                        .mapToLong(module.bodies()::size)
                        .sum()
                / 1e6;
        System.out.printf(
                "%-24s %7.2f %7.2f %8.2f %8.2f %8.2f %8.2f MB/s%n",
                file.getFileName(), size, codeBytes / 1e6, size / first, size / one, size / all, size / others);
    }

    private void compile(ExecutorService executor, int threads) throws Exception {
        BinarySource source = (offset, length) -> Arrays.copyOfRange(binary, (int) offset, (int) offset + length);
        List<CompiledFunction> functions = new Compiler(
                        new X64Backend(CpuFeatures.V3),
                        BinaryLimits.DEFAULT,
                        Frontend.BLOCK_ARGUMENTS,
                        executor,
                        threads)
                .compile(module, source);
        codeBytes = functions.stream().mapToLong(CompiledFunction::size).sum();
    }

    private static double seconds(Step step) throws Exception {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }
}

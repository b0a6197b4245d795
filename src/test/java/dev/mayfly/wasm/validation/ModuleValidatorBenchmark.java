package dev.mayfly.wasm.validation;

import dev.mayfly.testsupport.Programs;
import dev.mayfly.wasm.ModuleException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/**
 * How fast a module of 26 MB is decoded and validated, and in how much heap, against a public parser in Java that also
 * validates. Run by {@code ./mvnw -Pbenchmark -DskipTests verify}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 6, time = 3)
@Fork(1)
public class ModuleValidatorBenchmark {

    private byte[] binary = {};

    /** Fetches the module, CPython, where it is not there yet. */
    @Setup
    public void load() throws IOException {
        binary = Files.readAllBytes(Programs.cPython());
    }

    @Benchmark
    public ValidatedModule mayfly() throws IOException, ModuleException {
        return new ModuleValidator().validate(new ByteArrayInputStream(binary));
    }

    @Benchmark
    public WasmModule endive() {
        return Parser.parse(binary);
    }

    /** Measures time, then heap, and prints both with their ratios. */
    public static void main(String[] arguments) throws IOException, RunnerException, InterruptedException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ModuleValidatorBenchmark.class.getName())
                        .build())
                .run();
        long size = Files.size(Programs.cPython());
        double mayfly = milliseconds(results, "mayfly");
        double endive = milliseconds(results, "endive");
        System.out.printf("%nmodule: %.1f MB%n", size / 1e6);
        System.out.printf("throughput: mayfly %.0f MB/s, endive %.0f MB/s", size / mayfly / 1e3, size / endive / 1e3);
        System.out.printf(", ratio %.1f%n", endive / mayfly);
        int mayflyHeap = SmallestHeap.mebibytes("mayfly");
        int endiveHeap = SmallestHeap.mebibytes("endive");
        System.out.printf("smallest heap: mayfly %d MiB, endive %d MiB", mayflyHeap, endiveHeap);
        System.out.printf(", ratio %.1f%n", (double) endiveHeap / mayflyHeap);
    }

    private static double milliseconds(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .findFirst()
                .orElseThrow()
                .getPrimaryResult()
                .getScore();
    }
}

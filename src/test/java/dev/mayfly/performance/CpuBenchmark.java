package dev.mayfly.performance;

import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.sandbox.InstanceThread;
import dev.mayfly.vmm.Hypervisor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How fast compiled code computes: {@link CpuProgram}s in a micro-VM, on the Wasmtime engine, and compiled by {@code clang
 * -O2} for this machine. All take turns, so that whatever else the machine does concerns all of them. The fastest round
 * counts, as it is the least disturbed.
 * Checks that all come to the same result. Run by {@code ./mvnw -Pbenchmark -DskipTests verify}; arguments choose
 * programs.
 */
public final class CpuBenchmark {

    private static final int ROUNDS = 21;

    private final List<double[]> ratios = new ArrayList<>();

    private CpuBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        Set<String> chosen = Set.of(arguments);
        InstanceThread thread = new InstanceThread(() -> new CpuBenchmark().runAll(chosen), "benchmark");
        thread.setUncaughtExceptionHandler((failed, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        thread.start();
        thread.join();
    }

    private void runAll(Set<String> chosen) {
        if (!(NativeAccess.probe() instanceof NativeAccess.Available available)) {
            throw new IllegalStateException("no micro-VM here: " + NativeAccess.probe());
        }
        System.out.printf("%-12s %9s %9s %9s  %8s %8s%n", "ms", "micro-VM", "Wasmtime", "native", "/Wasmt.", "/native");
        try (Hypervisor hypervisor = Hypervisor.open(available.linux())) {
            for (CpuProgram program : CpuProgram.ALL) {
                if (chosen.isEmpty() || chosen.contains(program.name())) {
                    measure(program, hypervisor);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        System.out.printf("%-12s %29s  %8.2f %8.2f%n", "geom. mean", "", geometricMean(0), geometricMean(1));
    }

    private void measure(CpuProgram program, Hypervisor hypervisor) throws Exception {
        Optional<Path> library = program.library();
        try (Contender microVm = new MicroVmContender(hypervisor, program.module());
                Contender wasmtime = new WasmtimeContender(program.module())) {
            if (library.isEmpty()) {
                report(program, times(program, microVm, wasmtime));
            } else {
                try (Contender nativeCode = new NativeContender(library.orElseThrow())) {
                    report(program, times(program, microVm, wasmtime, nativeCode));
                }
            }
        }
    }

    private static double[] times(CpuProgram program, Contender... contenders) throws Exception {
        double[][] milliseconds = new double[contenders.length][ROUNDS];
        long expected = contenders[0].run(program.amount());
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.length; i++) {
                long start = System.nanoTime();
                long result = contenders[i].run(program.amount());
                milliseconds[i][round] = (System.nanoTime() - start) / 1e6;
                if (result != expected) {
                    throw new IllegalStateException(program.name() + ": " + contenders[i].getClass() + " computes "
                            + result + ", not " + expected);
                }
            }
        }
        return Arrays.stream(milliseconds)
                .mapToDouble(of -> Arrays.stream(of).min().orElseThrow())
                .toArray();
    }

    private void report(CpuProgram program, double[] times) {
        double nativeTime = times.length > 2 ? times[2] : Double.NaN;
        double[] ratio = {times[0] / times[1], times[0] / nativeTime};
        ratios.add(ratio);
        System.out.printf(
                "%-12s %9.2f %9.2f %9.2f  %8.2f %8.2f%n",
                program.name(), times[0], times[1], nativeTime, ratio[0], ratio[1]);
    }

    private double geometricMean(int column) {
        return Math.exp(ratios.stream()
                .mapToDouble(ratio -> Math.log(ratio[column]))
                .average()
                .orElse(Double.NaN));
    }
}

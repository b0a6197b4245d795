package dev.mayfly.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.image.Slots;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.nativeaccess.RequiresLinux;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.vmm.Hypervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Generated modules do in the micro-VM, optimized and not, what they do in Wasmtime: the same results, traps, calls of
 * the host, memory, globals and tables.
 *
 * <p>The number of modules is {@code -Dmayfly.differential.modules=1000000}, the first one's seed {@code
 * -Dmayfly.differential.seed=1}; the others follow. Of a module that shows a difference, the seed is reported, and the
 * module made smaller is written to {@code target/differential}.
 */
@RequiresLinux
@RequiresKvm
@SuppressWarnings("NullAway.Init")
class DifferentialIT {

    private static final int MODULES = Integer.getInteger("mayfly.differential.modules", 400);
    private static final long SEED = Long.getLong("mayfly.differential.seed", 20_261_122);
    private static final int REDUCTIONS = Integer.getInteger("mayfly.differential.reductions", 3_000);
    private static final int REPORT_EVERY = 10_000;
    private static final Path FINDINGS = Path.of("target", "differential");

    private Hypervisor hypervisor;
    private List<Subject> subjects;

    @BeforeEach
    void open() throws Exception {
        hypervisor = Hypervisor.open(((NativeAccess.Available) NativeAccess.probe()).linux());
        subjects = List.of(
                WasmtimeSubject.open(),
                new MicroVmSubject(
                        "unoptimized",
                        hypervisor,
                        new Slots(hypervisor),
                        new X64Backend(CpuFeatures.BASELINE),
                        function -> function),
                new MicroVmSubject(
                        "optimized", hypervisor, new Slots(hypervisor), new X64Backend(CpuFeatures.V3), function -> {
                            Passes.run(function);
                            return function;
                        }));
    }

    @AfterEach
    void close() {
        subjects.forEach(Subject::close);
        hypervisor.close();
    }

    @Test
    void generatedModulesDoTheSameEverywhere() throws Exception {
        TreeMap<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < MODULES; i++) {
            Choices choices = Choices.random(SEED + i);
            byte[] binary = ModuleGenerator.generate(choices);
            Optional<String> difference = difference(binary, ends);
            if (difference.isPresent()) {
                throw new AssertionError(
                        "seed " + (SEED + i) + ": " + difference.get() + "; reduced to " + reduce(SEED + i, choices));
            }
            if ((i + 1) % REPORT_EVERY == 0 || i + 1 == MODULES) {
                System.out.printf("%d modules from seed %d agree: %s%n", i + 1, SEED, ends);
            }
        }
        // A generator whose functions all trap, or never do, would prove little.
        assertThat(ends).containsKeys("MEMORY_OUT_OF_BOUNDS", "UNREACHABLE", "returned");
        assertThat(ends.get("returned")).isGreaterThan(ends.get("MEMORY_OUT_OF_BOUNDS"));
    }

    private Optional<String> difference(byte[] binary, Map<String, Integer> ends) throws Exception {
        var module = Wat.decode(binary);
        Observation expected = subjects.getFirst().observe(module, binary);
        for (String outcome : expected.outcomes()) {
            ends.merge(outcome.startsWith("[") ? "returned" : outcome, 1, Integer::sum);
        }
        for (Subject subject : subjects.subList(1, subjects.size())) {
            Optional<String> difference = expected.difference(observe(subject, module, binary));
            if (difference.isPresent()) {
                return Optional.of(subject.name() + ": " + difference.get());
            }
        }
        return Optional.empty();
    }

    private static Observation observe(Subject subject, dev.mayfly.wasm.Module module, byte[] binary) throws Exception {
        try {
            return subject.observe(module, binary);
        } catch (RuntimeException e) {
            return new Observation(List.of(e.toString()), List.of(), new byte[0]);
        }
    }

    private Path reduce(long seed, Choices choices) throws IOException {
        Reducer reducer = new Reducer(this::differs, REDUCTIONS);
        byte[] smallest = ModuleGenerator.generate(Choices.of(reducer.reduce(choices.made())));
        Files.createDirectories(FINDINGS);
        return Files.write(FINDINGS.resolve(seed + ".wasm"), smallest);
    }

    private boolean differs(long[] choices) {
        try {
            return difference(ModuleGenerator.generate(Choices.of(choices)), new TreeMap<>())
                    .isPresent();
        } catch (Exception e) {
            throw new IllegalStateException("the generator is broken", e);
        }
    }
}

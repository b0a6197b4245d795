package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.Backend;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.wasm.spec.SpecScript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Compiled code does what the official test scripts say, in the machine. A ratchet: nothing may fail, and no command may
 * drop out unnoticed.
 */
class SpecScriptsInMicroVmIT {

    private static final int PASSED = 0;

    @Test
    void compiledFunctionsDoWhatTheScriptsSay() throws Exception {
        int passed = 0;
        int unsupported = 0;
        List<String> failures = new ArrayList<>();
        try (Hypervisor hypervisor = open();
                Slots slots = new Slots(hypervisor)) {
            for (SpecScript script : SpecScript.all()) {
                if (script.name().startsWith("simd") || !script.name().contains(System.getProperty("script", ""))) {
                    continue;
                }
                try (VmScriptRunner runner = new VmScriptRunner(
                        script,
                        hypervisor,
                        slots,
                        new Backend(CpuFeatures.BASELINE),
                        UnaryOperator.<Function>identity())) {
                    runner.run();
                    passed += runner.passed();
                    unsupported += runner.unsupported();
                    if (runner.unsupported() > 0) System.out.println(script.name() + " " + runner.unsupported());
                    failures.addAll(runner.failures());
                }
            }
        }
        System.out.println("passed " + passed + " unsupported " + unsupported + " failed " + failures.size());
        failures.stream().limit(60).forEach(System.out::println);
        assertThat(failures).isEmpty();
        assertThat(passed).isGreaterThanOrEqualTo(PASSED);
    }

    private static Hypervisor open() throws Exception {
        NativeAccess access = NativeAccess.probe();
        assumeTrue(access instanceof NativeAccess.Available, () -> "not possible here: " + access);
        try {
            return Hypervisor.open(((NativeAccess.Available) access).linux());
        } catch (KvmUnavailableException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }
}

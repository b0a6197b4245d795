package dev.mayfly.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.CpuFeatures;
import dev.mayfly.compiler.x64.X64Backend;
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

    private static final int PASSED = 25_000;

    /** Commands on modules that share a memory, table or variable: a machine has one module alone. */
    private static final int UNSUPPORTED = 120;

    @Test
    void unoptimizedFunctionsDoWhatTheScriptsSay() throws Exception {
        runAll(new X64Backend(CpuFeatures.BASELINE), function -> function);
    }

    @Test
    void optimizedFunctionsDoWhatTheScriptsSay() throws Exception {
        runAll(new X64Backend(CpuFeatures.V3), function -> {
            Passes.run(function);
            return function;
        });
    }

    private static void runAll(X64Backend backend, UnaryOperator<Function> optimizer) throws Exception {
        int passed = 0;
        int unsupported = 0;
        List<String> failures = new ArrayList<>();
        try (Hypervisor hypervisor = open();
                Slots slots = new Slots(hypervisor)) {
            for (SpecScript script : SpecScript.all()) {
                if (script.name().startsWith("simd")) {
                    continue;
                }
                try (VmScriptRunner runner = new VmScriptRunner(script, hypervisor, slots, backend, optimizer)) {
                    runner.run();
                    passed += runner.passed();
                    unsupported += runner.unsupported();
                    failures.addAll(runner.failures());
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(passed).isGreaterThanOrEqualTo(PASSED);
        assertThat(unsupported).isLessThanOrEqualTo(UNSUPPORTED);
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

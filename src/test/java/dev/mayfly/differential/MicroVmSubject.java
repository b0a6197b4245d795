package dev.mayfly.differential;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.X64Backend;
import dev.mayfly.image.Slots;
import dev.mayfly.image.TrapException;
import dev.mayfly.image.VmInstance;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Our compiler, in one of its settings, and the micro-VM. */
record MicroVmSubject(
        String name, Hypervisor hypervisor, Slots slots, X64Backend backend, UnaryOperator<Function> optimizer)
        implements Subject {

    @Override
    public Observation observe(Module module, byte[] binary) throws Exception {
        HostCalls host = new HostCalls();
        List<VmInstance.HostFunction> imports = new ArrayList<>();
        for (int i = 0; i < module.importedFunctions(); i++) {
            int index = i;
            FunctionType type = module.functions().get(i);
            imports.add(arguments -> host.call(index, type, arguments));
        }
        List<String> outcomes = new ArrayList<>();
        try (VmInstance instance = new VmInstance(hypervisor, slots, module, binary, backend, optimizer, imports)) {
            for (Export export : module.exports()) {
                if (export.type() instanceof ExternalType.Function) {
                    outcomes.add(outcome(instance, module.functions().get(export.index()), export.index()));
                }
            }
            return new Observation(outcomes, host.seen(), instance.linear());
        }
    }

    private static String outcome(VmInstance instance, FunctionType type, int function) throws Exception {
        try {
            long[] results = instance.call(function);
            for (int i = 0; i < results.length; i++) {
                results[i] = HostCalls.isNarrow(type.results().get(i)) ? (int) results[i] : results[i];
            }
            return Arrays.toString(results);
        } catch (TrapException e) {
            return e.code().name();
        } catch (IllegalStateException e) {
            // The machine ended in a way that compiled code has no reason to.
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        slots.close();
    }
}

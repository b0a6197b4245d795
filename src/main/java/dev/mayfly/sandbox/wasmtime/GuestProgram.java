package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.ModuleKind;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What running an instance needs to know of its module.
 *
 * @param functions the types of its exported functions
 * @param memoryExport the name of its memory
 * @param startExport the name of its start function
 * @param weight about how many bytes its code takes
 */
record GuestProgram(
        Map<String, FunctionType> functions,
        Optional<String> memoryExport,
        Optional<String> startExport,
        TrapReport traps,
        long weight) {

    private static final FunctionType NOTHING_TO_NOTHING = new FunctionType(List.of(), List.of());

    /** Machine code and its tables, in relation to the binary; measured on programs of 80 KB to 26 MB. */
    private static final long CODE_EXPANSION = 5;

    private static final long FIXED_WEIGHT = 256 << 10;

    static GuestProgram of(Module module, ModulePatch patch) {
        Map<String, FunctionType> functions = new HashMap<>();
        for (Export export : module.exports()) {
            if (export.type() instanceof ExternalType.Function function) {
                functions.put(export.name(), function.type());
            }
        }
        return new GuestProgram(
                Map.copyOf(functions),
                patch.memoryExport(),
                patch.startExport(),
                new TrapReport(patch.code(), patch.codeShift(), module.functionNames()),
                FIXED_WEIGHT + CODE_EXPANSION * module.size() + patch.code().size());
    }

    /** Whether there is something to be called before a reactor's function. */
    boolean hasInitializer() {
        return functions.containsKey(ModuleKind.INITIALIZE);
    }

    /** The type of an exported function. */
    FunctionType typeOf(String export) {
        if (startExport.isPresent() && startExport.get().equals(export)) {
            return NOTHING_TO_NOTHING;
        }
        FunctionType type = functions.get(export);
        if (type == null) {
            throw new IllegalArgumentException("the module exports no function \"" + export + '"');
        }
        return type;
    }
}

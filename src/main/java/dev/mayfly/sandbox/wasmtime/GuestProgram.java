package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * What running an instance needs to know of its module.
 *
 * @param memoryExport the name of its memory
 * @param startExport the name of its start function
 */
record GuestProgram(Module module, Optional<String> memoryExport, Optional<String> startExport) {

    /** Machine code is up to about five times as large as the binary, and an engine holds little else. */
    private static final long CODE_EXPANSION = 5;

    private static final long FIXED_WEIGHT = 256 << 10;

    boolean exportsFunction(String name) {
        return module.export(name)
                .filter(export -> export.type() instanceof ExternalType.Function)
                .isPresent();
    }

    List<ValueType> resultsOf(String function) {
        return module.export(function)
                .map(export -> export.type() instanceof ExternalType.Function f
                        ? f.type().results()
                        : List.<ValueType>of())
                .orElse(List.of());
    }

    long weight() {
        return FIXED_WEIGHT + CODE_EXPANSION * module.size();
    }
}

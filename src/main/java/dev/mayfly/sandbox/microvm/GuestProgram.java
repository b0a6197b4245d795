package dev.mayfly.sandbox.microvm;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ModuleKind;
import dev.mayfly.sandbox.SystemCallImports;
import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionNames;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What running an instance needs to know of its module.
 *
 * @param functions those that are exported, by name
 * @param start the start function
 * @param systemCalls the system call behind each import, in order
 * @param names of functions, for backtraces
 */
record GuestProgram(
        Map<String, GuestFunction> functions,
        Optional<GuestFunction> start,
        List<SystemCall> systemCalls,
        FunctionNames names) {

    /** A function that the host can call, by its index in the module. */
    record GuestFunction(int index, FunctionType type) {}

    static GuestProgram of(Module module) throws EngineException {
        Map<String, GuestFunction> functions = new HashMap<>();
        for (Export export : module.exports()) {
            if (export.type() instanceof ExternalType.Function function) {
                functions.put(export.name(), new GuestFunction(export.index(), function.type()));
            }
        }
        Optional<GuestFunction> start = module.start().isPresent()
                ? Optional.of(new GuestFunction(
                        module.start().getAsInt(),
                        module.functions().get(module.start().getAsInt())))
                : Optional.empty();
        return new GuestProgram(Map.copyOf(functions), start, SystemCallImports.of(module), module.functionNames());
    }

    /** What is called before the entry point: the start function, and a reactor's initializer. */
    List<GuestFunction> initializers(EntryPoint entryPoint) {
        List<GuestFunction> initializers = new ArrayList<>(2);
        start.ifPresent(initializers::add);
        if (entryPoint instanceof EntryPoint.Reactor && functions.containsKey(ModuleKind.INITIALIZE)) {
            initializers.add(function(ModuleKind.INITIALIZE));
        }
        return initializers;
    }

    /**
     * An exported function.
     *
     * @throws IllegalArgumentException if there is none of the name
     */
    GuestFunction function(String export) {
        GuestFunction function = functions.get(export);
        if (function == null) {
            throw new IllegalArgumentException("the module exports no function \"" + export + '"');
        }
        return function;
    }
}

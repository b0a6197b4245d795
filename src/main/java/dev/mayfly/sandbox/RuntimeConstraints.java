package dev.mayfly.sandbox;

import dev.mayfly.wasi.Preview1;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ValueType;
import java.util.List;
import java.util.Optional;

/** What a valid module must keep to in order to be run here, whatever the engine. Thread-safe. */
public final class RuntimeConstraints {

    private static final FunctionType NOTHING_TO_NOTHING = new FunctionType(List.of(), List.of());

    /** The name by which WASI knows the memory that pointers point into. */
    private static final String MEMORY = "memory";

    private final ModuleLimits limits;

    public RuntimeConstraints(ModuleLimits limits) {
        this.limits = limits;
    }

    /**
     * Checks a module.
     *
     * @param module a valid one
     * @param instance what an instance may use
     * @param entryPoint for a reactor, the exported function to be called
     * @throws ModuleConstraintException at the first thing that is wrong
     */
    public void check(Module module, InstanceLimits instance, Optional<String> entryPoint)
            throws ModuleConstraintException {
        checkSizes(module);
        checkMemory(module, instance);
        checkTables(module, instance);
        for (Import wanted : module.imports()) {
            checkImport(wanted);
        }
        checkMemoryExport(module);
        checkEntryPoint(module, entryPoint);
    }

    private void checkSizes(Module module) throws ModuleConstraintException {
        requireAtMost("imports", limits.imports(), module.imports().size(), "imports");
        requireAtMost("exports", limits.exports(), module.exports().size(), "exports");
        requireAtMost("globals", limits.globals(), module.globals().size(), "globals");
        requireAtMost("tables", limits.tables(), module.tables().size(), "tables");
    }

    private void checkMemory(Module module, InstanceLimits instance) throws ModuleConstraintException {
        for (ExternalType.Memory memory : module.memories()) {
            long minimum = memory.limits().minimum();
            requireAtMost("memory", instance.memoryPages(), minimum, "pages of 64 KiB to begin with");
            requireAtMost("initialMemoryPages", limits.initialMemoryPages(), minimum, "pages of 64 KiB to begin with");
        }
    }

    private static void checkTables(Module module, InstanceLimits instance) throws ModuleConstraintException {
        for (ExternalType.Table table : module.tables()) {
            long minimum = table.limits().minimum();
            requireAtMost("tableElements", instance.tableElements(), minimum, "elements of a table to begin with");
        }
    }

    private static void checkImport(Import wanted) throws ModuleConstraintException {
        String name = '"' + wanted.module() + "\" \"" + wanted.name() + '"';
        if (!wanted.module().equals(Preview1.MODULE)) {
            throw ModuleConstraintException.unknownImport(
                    wanted.offset(), "unknown import " + name + ": " + adviceFor(wanted.module()));
        }
        FunctionType signature = Preview1.signature(wanted.name())
                .orElseThrow(() -> ModuleConstraintException.unknownImport(
                        wanted.offset(), "unknown import " + name + ": WASI preview 1 has no function of this name"));
        ExternalType expected = new ExternalType.Function(signature);
        if (!wanted.type().equals(expected)) {
            throw ModuleConstraintException.unknownImport(
                    wanted.offset(), "import " + name + " has type " + wanted.type() + ", expected " + expected);
        }
    }

    private static String adviceFor(String module) {
        return switch (module) {
            case "wasi_unstable" ->
                "WASI's preview 0 is not supported, compile for preview 1 (" + Preview1.MODULE + ')';
            case "env" ->
                "functions are declared but not linked; only functions of " + Preview1.MODULE + " can be imported";
            default -> "only functions of " + Preview1.MODULE + " can be imported";
        };
    }

    private static void checkMemoryExport(Module module) throws ModuleConstraintException {
        boolean exported = module.export(MEMORY)
                .filter(export -> export.type() instanceof ExternalType.Memory)
                .isPresent();
        if (!module.imports().isEmpty() && !exported) {
            throw ModuleConstraintException.noEntryPoint(
                    "the module imports WASI functions but does not export its memory as \"" + MEMORY + '"');
        }
    }

    private static void checkEntryPoint(Module module, Optional<String> entryPoint) throws ModuleConstraintException {
        if (module.export(ModuleKind.START).isPresent()
                && module.export(ModuleKind.INITIALIZE).isPresent()) {
            throw ModuleConstraintException.noEntryPoint(
                    "the module exports both _start and _initialize: it must be either a command or a reactor");
        }
        switch (ModuleKind.of(module)) {
            case COMMAND -> checkCommand(module, entryPoint);
            case REACTOR -> checkReactor(module, entryPoint);
        }
    }

    private static void checkCommand(Module module, Optional<String> entryPoint) throws ModuleConstraintException {
        requireNothingToNothing(module, ModuleKind.START);
        if (entryPoint.isPresent()) {
            throw ModuleConstraintException.noEntryPoint(
                    "the module is a command, which starts at _start: the function \"" + entryPoint.get()
                            + "\" cannot be its entry point");
        }
    }

    private static void checkReactor(Module module, Optional<String> entryPoint) throws ModuleConstraintException {
        if (module.export(ModuleKind.INITIALIZE).isPresent()) {
            requireNothingToNothing(module, ModuleKind.INITIALIZE);
        }
        String name = entryPoint.orElseThrow(() -> ModuleConstraintException.noEntryPoint(
                "the module does not export _start, and no other function is configured to be called"));
        FunctionType type = functionType(module, name);
        for (List<ValueType> types : List.of(type.parameters(), type.results())) {
            if (!types.stream().allMatch(ValueType::isNumeric)) {
                throw ModuleConstraintException.noEntryPoint("the function \"" + name + "\" has type " + type
                        + ": only i32, i64, f32 and f64 can be passed");
            }
        }
    }

    private static void requireNothingToNothing(Module module, String name) throws ModuleConstraintException {
        FunctionType type = functionType(module, name);
        if (!type.equals(NOTHING_TO_NOTHING)) {
            throw ModuleConstraintException.noEntryPoint(
                    "the function \"" + name + "\" has type " + type + ", expected " + NOTHING_TO_NOTHING);
        }
    }

    private static FunctionType functionType(Module module, String name) throws ModuleConstraintException {
        Export export = module.export(name)
                .orElseThrow(() -> ModuleConstraintException.noEntryPoint(
                        "the module does not export a function \"" + name + '"'));
        if (!(export.type() instanceof ExternalType.Function function)) {
            throw ModuleConstraintException.noEntryPoint(
                    "the export \"" + name + "\" is no function but a " + export.type());
        }
        return function.type();
    }

    private static void requireAtMost(String limit, long maximum, long actual, String unit)
            throws ModuleConstraintException {
        if (actual > maximum) {
            throw ModuleConstraintException.limit(limit, maximum, actual, unit);
        }
    }
}

package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.UnsupportedModuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the body of a function refers to in its module. Immutable: all functions of a module share one. */
public final class ModuleEnvironment {

    private final Module module;
    private final List<Signature> types = new ArrayList<>();
    private final List<Signature> functions = new ArrayList<>();
    private final List<Type> globals = new ArrayList<>();

    /**
     * Looks at a module's declarations.
     *
     * @throws UnsupportedModuleException if they need what the compiler does not have
     */
    public ModuleEnvironment(Module module) throws UnsupportedModuleException {
        this.module = module;
        Map<FunctionType, Signature> known = new HashMap<>();
        long typesOffset = offset(Section.TYPE);
        for (FunctionType type : module.types()) {
            Signature signature = known.get(type);
            if (signature == null) {
                signature = Signature.of(type, types.size(), typesOffset);
                known.put(type, signature);
            }
            types.add(signature);
        }
        for (FunctionType type : module.functions()) {
            Signature signature = known.get(type);
            if (signature == null) {
                throw new IllegalArgumentException("a function's type is one of the module's");
            }
            functions.add(signature);
        }
        for (ExternalType.Global global : module.globals()) {
            globals.add(Signature.typeOf(global.valueType(), offset(Section.GLOBAL)));
        }
    }

    private long offset(int section) {
        return module.sections().stream()
                .filter(one -> one.id() == section)
                .mapToLong(Section::offset)
                .findFirst()
                .orElse(0);
    }

    public Module module() {
        return module;
    }

    /** The function type at an index of the type section; equal types are one object. */
    public Signature type(int index) {
        return types.get(index);
    }

    /** The type of a function, imported ones first. */
    public Signature function(int index) {
        return functions.get(index);
    }

    /** The type of a global, imported ones first. */
    public Type global(int index) {
        return globals.get(index);
    }

    /** A name for dumps and backtraces: the module's own, or one made of the index. */
    public String functionName(int index) {
        return module.functionNames().getOrDefault(index, "function[" + index + "]");
    }
}

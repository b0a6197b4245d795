package dev.mayfly.functions;

import dev.mayfly.problems.ProblemType;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.UnsupportedModuleException;
import java.util.Map;

/** Says to a module's author why it is refused, whichever check refused it. */
final class ModuleRefusals {

    private ModuleRefusals() {}

    static ModuleRefusedException of(ModuleException refusal) {
        ProblemType problem =
                switch (refusal) {
                    case MalformedModuleException _ -> ProblemType.MODULE_MALFORMED;
                    case InvalidModuleException _ -> ProblemType.MODULE_INVALID;
                    case UnsupportedModuleException _ -> ProblemType.MODULE_UNSUPPORTED;
                    case ModuleLimitException _ -> ProblemType.MODULE_CONSTRAINT;
                };
        String message = "At byte " + refusal.offset() + ": " + refusal.getMessage() + ".";
        return new ModuleRefusedException(problem, message, Map.of("offset", refusal.offset()), refusal);
    }

    /** The module is valid, and still the engine does not take it: its message is for operators, not for users. */
    static ModuleRefusedException of(EngineException failure, String engine) {
        String message = "The module is valid, but the engine '" + engine + "' cannot compile it.";
        return new ModuleRefusedException(ProblemType.MODULE_UNSUPPORTED, message, Map.of("engine", engine), failure);
    }
}

package dev.mayfly.functions;

import dev.mayfly.problems.ProblemType;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ModuleConstraintException;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.UnsupportedModuleException;
import java.util.Map;
import java.util.TreeMap;

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
        Map<String, Object> properties = new TreeMap<>();
        properties.put("offset", refusal.offset());
        if (refusal instanceof ModuleLimitException exceeded) {
            properties.put("limit", exceeded.limit());
            properties.put("maximum", exceeded.maximum());
        }
        String message = "At byte " + refusal.offset() + ": " + refusal.getMessage() + ".";
        return new ModuleRefusedException(problem, message, properties, refusal);
    }

    static ModuleRefusedException of(ModuleConstraintException refusal) {
        ProblemType problem =
                switch (refusal.kind()) {
                    case UNKNOWN_IMPORT -> ProblemType.UNKNOWN_IMPORT;
                    case NO_ENTRY_POINT -> ProblemType.NO_ENTRY_POINT;
                    case LIMIT -> ProblemType.MODULE_CONSTRAINT;
                };
        Map<String, Object> properties = new TreeMap<>();
        refusal.offset().ifPresent(offset -> properties.put("offset", offset));
        refusal.limit().ifPresent(limit -> properties.put("limit", limit));
        String where =
                refusal.offset().isPresent() ? "At byte " + refusal.offset().getAsLong() + ": " : "";
        return new ModuleRefusedException(problem, where + refusal.getMessage() + ".", properties, refusal);
    }

    /** The module is valid, and still the engine does not take it: its message is for operators, not for users. */
    static ModuleRefusedException of(EngineException failure, String engine) {
        String message = "The module is valid, but the engine '" + engine + "' cannot compile it.";
        return new ModuleRefusedException(ProblemType.MODULE_UNSUPPORTED, message, Map.of("engine", engine), failure);
    }
}

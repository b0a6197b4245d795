package dev.mayfly.engines;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.UnsupportedModuleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what one engine has no instructions for on another. */
final class FallbackEngine implements Engine {

    private static final Logger log = LoggerFactory.getLogger(FallbackEngine.class);

    private final Engine preferred;
    private final Engine fallback;

    FallbackEngine(Engine preferred, Engine fallback) {
        this.preferred = preferred;
        this.fallback = fallback;
    }

    Engine preferred() {
        return preferred;
    }

    @Override
    public String name() {
        return preferred.name();
    }

    @Override
    public ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits)
            throws ModuleException, EngineException {
        try {
            return preferred.compile(module, binary, limits);
        } catch (UnsupportedModuleException e) {
            log.info(
                    "Module {} runs on engine '{}', because '{}' does not support it: {}",
                    binary.digest(),
                    fallback.name(),
                    preferred.name(),
                    e.getMessage());
            return fallback.compile(module, binary, limits);
        }
    }

    @Override
    public void close() {
        preferred.close();
        fallback.close();
    }
}

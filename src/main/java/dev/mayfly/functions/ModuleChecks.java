package dev.mayfly.functions;

import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ValidatedModule;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The one boundary that a module passes before it is published: whatever comes behind it is known to run. */
@Component
class ModuleChecks {

    private static final Logger log = LoggerFactory.getLogger(ModuleChecks.class);

    private final ModuleInspector inspector;
    private final ExecutableModules executables;
    private final Engine engine;
    private final CompilationSlots slots;

    ModuleChecks(ModuleInspector inspector, ExecutableModules executables, Engine engine, CompilationSlots slots) {
        this.inspector = inspector;
        this.executables = executables;
        this.engine = engine;
        this.slots = slots;
    }

    /**
     * Decodes, validates, checks and compiles a module for a configuration.
     *
     * @param binary its file, which need not be stored yet
     * @throws ModuleRefusedException if it cannot run with that configuration
     */
    CheckedModule check(ModuleDigest digest, Path binary, FunctionConfiguration configuration) throws IOException {
        try {
            return slots.run(() -> checkNow(digest, binary, configuration));
        } catch (ModuleException e) {
            throw ModuleRefusals.of(e);
        } catch (EngineException e) {
            log.warn("The engine cannot compile module {}, which is valid", digest, e);
            throw ModuleRefusals.of(e, engine.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a module was checked");
        }
    }

    private CheckedModule checkNow(ModuleDigest digest, Path binary, FunctionConfiguration configuration)
            throws IOException, ModuleException, EngineException {
        ValidatedModule validated = inspector.inspect(binary);
        Module module = validated.module();
        Duration compilation =
                executables.warm(digest, module, binary, configuration.limits().instanceLimits());
        CheckedModule.Timings timings =
                new CheckedModule.Timings(validated.decoding(), validated.validating(), compilation);
        return new CheckedModule(digest, ModuleInterface.of(module), configuration, timings);
    }
}

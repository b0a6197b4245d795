package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleConstraintException;
import dev.mayfly.sandbox.RuntimeConstraints;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ValidatedModule;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The one boundary that a module passes before it is published: whatever comes behind it is known to run. */
@Component
class ModuleChecks {

    private static final Logger log = LoggerFactory.getLogger(ModuleChecks.class);

    private final ModuleInspector inspector;
    private final RuntimeConstraints constraints;
    private final Optional<ExecutableModules> executables;
    private final Optional<Engine> engine;
    private final CompilationSlots slots;

    /**
     * Checks for this process.
     *
     * @param executables empty where no instances run: modules are compiled by those who run them
     * @param engine empty where no instances run
     */
    ModuleChecks(
            ModuleInspector inspector,
            RuntimeConstraints constraints,
            Optional<ExecutableModules> executables,
            Optional<Engine> engine,
            CompilationSlots slots) {
        this.inspector = inspector;
        this.constraints = constraints;
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
    CheckedModule check(ContentDigest digest, Path binary, FunctionConfiguration configuration) throws IOException {
        try {
            return slots.run(() -> checkNow(digest, binary, configuration));
        } catch (ModuleException e) {
            throw ModuleRefusals.of(e);
        } catch (ModuleConstraintException e) {
            throw ModuleRefusals.of(e);
        } catch (EngineException e) {
            log.warn("The engine cannot compile module {}, which is valid", digest, e);
            throw ModuleRefusals.of(e, engine.map(Engine::name).orElse("none"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a module was checked");
        }
    }

    private CheckedModule checkNow(ContentDigest digest, Path binary, FunctionConfiguration configuration)
            throws IOException, ModuleException, ModuleConstraintException, EngineException {
        ValidatedModule validated = inspector.inspect(binary);
        Module module = validated.module();
        InstanceLimits limits = configuration.limits().instanceLimits();
        constraints.check(module, limits, Optional.ofNullable(configuration.entryPoint()));
        Duration compilation =
                executables.isPresent() ? executables.get().warm(digest, module, binary, limits) : Duration.ZERO;
        CheckedModule.Timings timings =
                new CheckedModule.Timings(validated.decoding(), validated.validating(), compilation);
        return new CheckedModule(digest, ModuleInterface.of(module), configuration, timings);
    }
}

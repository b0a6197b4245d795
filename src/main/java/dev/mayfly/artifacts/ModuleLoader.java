package dev.mayfly.artifacts;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Makes modules executable. */
final class ModuleLoader {

    private final ArtifactStore store;
    private final ModuleInspector inspector;
    private final Engine engine;
    private final Timer compilations;
    private final Counter coldLoads;

    ModuleLoader(ArtifactStore store, ModuleInspector inspector, Engine engine, MeterRegistry meters) {
        this.store = store;
        this.inspector = inspector;
        this.engine = engine;
        this.compilations = Timer.builder("mayfly.module.compile")
                .description("Time the engine took to compile a module")
                .register(meters);
        this.coldLoads = Counter.builder("mayfly.executables.cold.loads")
                .description("Stored modules that an invocation had to make executable first")
                .register(meters);
    }

    /** Loads a stored module. It was within the runtime's constraints when it was published. */
    SharedExecutable load(ContentDigest digest, InstanceLimits limits)
            throws IOException, ModuleException, EngineException {
        Path binary = store.locate(digest);
        if (!Sha256.of(binary).equals(digest)) {
            throw new IOException("damaged: the contents of " + binary + " do not have its digest");
        }
        coldLoads.increment();
        return compile(digest, inspector.inspect(binary).module(), binary, limits);
    }

    /** Compiles a module that was inspected. */
    SharedExecutable compile(ContentDigest digest, Module module, Path binary, InstanceLimits limits)
            throws ModuleException, EngineException {
        long start = System.nanoTime();
        ExecutableModule executable = engine.compile(module, new ModuleBinary(binary, digest.hex()), limits);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        compilations.record(took);
        return new SharedExecutable(module, executable, took);
    }
}

package dev.mayfly.artifacts;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import java.io.IOException;

/** Executable modules by digest: kept in memory within a bound, loaded once however many ask at the same time. */
public interface ExecutableModules {

    /**
     * Takes an executable module into use, compiling it if it is not in memory.
     *
     * @throws EngineException if the engine cannot compile it
     * @throws java.nio.file.NoSuchFileException if no module is stored under the digest
     */
    ExecutableLease acquire(ModuleDigest digest, InstanceLimits limits) throws IOException, EngineException;
}

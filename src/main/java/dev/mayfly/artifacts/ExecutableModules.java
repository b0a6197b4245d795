package dev.mayfly.artifacts;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Executable modules by digest and limits: kept in memory within a bound, loaded once however many ask at the same
 * time. Thread-safe.
 */
public interface ExecutableModules {

    /**
     * Takes an executable module into use. If it is not in memory, it is loaded by the calling thread, which should be
     * a platform thread for that reason; a load that fails is tried again by the next who asks.
     *
     * @throws ModuleException if the engine, which need not be the one that it was published on, does not take it
     * @throws EngineException if the engine cannot compile it for another reason
     * @throws java.nio.file.NoSuchFileException if no module is stored under the digest
     * @throws IOException if the stored file cannot be read, or is damaged
     */
    ExecutableLease acquire(ContentDigest digest, InstanceLimits limits)
            throws ModuleException, IOException, EngineException;

    /**
     * Compiles an upload before it is stored, which proves that it compiles, and keeps the result for the invocations
     * to come.
     *
     * @param digest of the bytes in {@code binary}
     * @param module what they declare
     * @return the time it took; zero if it was in memory already
     * @throws ModuleException if the module uses what the engine does not have, or is too complex for it
     * @throws EngineException if the engine cannot compile it for another reason
     */
    Duration warm(ContentDigest digest, Module module, Path binary, InstanceLimits limits)
            throws ModuleException, EngineException;
}

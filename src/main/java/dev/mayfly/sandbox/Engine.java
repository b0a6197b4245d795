package dev.mayfly.sandbox;

import dev.mayfly.wasm.Module;
import java.nio.file.Path;

/** Compiles modules and runs instances of them. Thread-safe. */
public interface Engine extends AutoCloseable {

    /** The name that users and operators see, for example {@code wasmtime}. */
    String name();

    /**
     * Compiles a module that was decoded and validated by us and found within the runtime's constraints.
     *
     * @param module what the binary declares
     * @param binary the file that holds it; not written to, and not needed after the call
     * @param limits the bounds that the engine builds into executable code
     * @throws EngineException if the engine cannot compile it all the same
     */
    ExecutableModule compile(Module module, Path binary, InstanceLimits limits) throws EngineException;

    /** Releases the engine. Executable modules made by it must be closed before. */
    @Override
    void close();
}

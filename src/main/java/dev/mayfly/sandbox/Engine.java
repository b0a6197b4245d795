package dev.mayfly.sandbox;

import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;

/** Compiles modules and runs instances of them. Thread-safe. */
public interface Engine extends AutoCloseable {

    /** The name that users and operators see, for example {@code wasmtime}. */
    String name();

    /**
     * Compiles a module that was decoded and validated by us and found within the runtime's constraints.
     *
     * @param module what the binary declares
     * @param binary the bytes, not needed after the call
     * @param limits the bounds that the engine builds into executable code
     * @throws ModuleException if the module uses what this engine does not have, or is more than it can take
     * @throws EngineException if the engine cannot compile it for another reason
     */
    ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits)
            throws ModuleException, EngineException;

    /** Releases the engine. Executable modules made by it must be closed before. */
    @Override
    void close();
}

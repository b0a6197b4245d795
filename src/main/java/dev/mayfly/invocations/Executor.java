package dev.mayfly.invocations;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/** Runs invocations that have a slot: in this process, or wherever instances are run for it. */
public interface Executor {

    /** The name of the engine that runs instances, unless a module needs another. */
    String engine();

    /**
     * Runs an invocation to its end, on the calling thread. It says through the invocation what it does: which
     * engine it uses, and when the instance begins, which is when its time starts to count.
     *
     * @return what came of it
     * @throws InvalidArgumentsException if the arguments do not fit
     * @throws ModuleException if the engine does not take the module
     * @throws IOException if the module cannot be had
     * @throws EngineException if the engine failed
     */
    InvocationResult execute(Invocation invocation)
            throws InvalidArgumentsException, ModuleException, IOException, EngineException;
}

package dev.mayfly.compiler;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.wasm.ModuleException;

/** Makes machine code of a function that all passes have been over. Several threads use it at once. */
@FunctionalInterface
public interface Backend {

    /**
     * Generates code.
     *
     * @throws ModuleException if the function is too complex
     */
    CompiledFunction generate(Function function) throws ModuleException;
}

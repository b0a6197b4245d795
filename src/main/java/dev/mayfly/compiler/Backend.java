package dev.mayfly.compiler;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.ssa.Function;

/** Makes machine code of a function that all passes have been over. Several threads use it at once. */
@FunctionalInterface
public interface Backend {

    CompiledFunction generate(Function function);
}

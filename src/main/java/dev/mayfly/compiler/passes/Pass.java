package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Function;

/** One improvement of a function, or one preparation for what comes after. Stateless. */
public interface Pass {

    void run(Function function);

    /** For dumps. */
    default String name() {
        return getClass().getSimpleName();
    }
}

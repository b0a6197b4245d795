package dev.mayfly.sandbox;

import dev.mayfly.wasm.Module;

/** How a module wants to be run (WASI preview 1, application ABI). */
public enum ModuleKind {
    /** Exports {@code _start}, which runs the program. */
    COMMAND,
    /** Has functions to be called, after {@code _initialize} if it exports that. */
    REACTOR;

    /** The function that starts a command. */
    public static final String START = "_start";

    /** The function that prepares a reactor. */
    public static final String INITIALIZE = "_initialize";

    /** What a module is, going by what it exports; {@link RuntimeConstraints} refuses those that claim to be both. */
    public static ModuleKind of(Module module) {
        return module.export(START).isPresent() ? COMMAND : REACTOR;
    }
}

package dev.mayfly.artifacts;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.validation.ValidatedModule;
import java.io.IOException;
import java.nio.file.Path;

/** Decodes and validates modules, and measures it. Thread-safe. */
public interface ModuleInspector {

    /**
     * Decodes and validates the module in a file.
     *
     * @throws ModuleException if it is malformed, invalid, or uses what is not supported
     * @throws IOException if reading failed
     */
    ValidatedModule inspect(Path binary) throws IOException, ModuleException;
}

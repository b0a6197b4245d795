package dev.mayfly.differential;

import dev.mayfly.wasm.Module;

/** A way to run modules. */
interface Subject extends AutoCloseable {

    String name();

    /** Makes an instance, calls all exported functions in order and reports what could be seen. */
    Observation observe(Module module, byte[] binary) throws Exception;

    @Override
    void close();
}

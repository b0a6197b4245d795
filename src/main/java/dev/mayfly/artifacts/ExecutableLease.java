package dev.mayfly.artifacts;

import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.wasm.Module;

/** An executable module that stays open until the lease is closed, even when it is evicted meanwhile. */
public interface ExecutableLease extends AutoCloseable {

    ExecutableModule executable();

    /** What the module declares. */
    Module module();

    /** Whether it had to be compiled for this lease: a cold start. */
    boolean cold();

    @Override
    void close();
}

package dev.mayfly.compiler.interpreter;

import dev.mayfly.wasm.ExternalType;

/** A global variable. */
public final class Global {

    final ExternalType.Global type;
    long value;

    public Global(ExternalType.Global type, long value) {
        this.type = type;
        this.value = value;
    }

    public long value() {
        return value;
    }
}

package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;

/** The code that is executed trapped. */
public final class TrapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TrapCode code;

    public TrapException(TrapCode code) {
        super(code.name());
        this.code = code;
    }

    public TrapCode code() {
        return code;
    }
}

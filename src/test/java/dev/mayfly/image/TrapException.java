package dev.mayfly.image;

import dev.mayfly.abi.TrapCode;

/** A call trapped. */
public final class TrapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TrapCode code;

    TrapException(TrapCode code) {
        super(code.toString());
        this.code = code;
    }

    public TrapCode code() {
        return code;
    }
}

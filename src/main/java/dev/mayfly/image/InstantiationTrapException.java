package dev.mayfly.image;

import dev.mayfly.abi.TrapCode;

/** An active segment does not fit where it goes, so that every instance of the module would trap before it begins. */
public final class InstantiationTrapException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TrapCode code;

    InstantiationTrapException(TrapCode code) {
        super("A segment does not fit: " + code);
        this.code = code;
    }

    public TrapCode code() {
        return code;
    }
}

package dev.mayfly.wasm;

/** The binary can be read but breaks a validation rule (core specification 2.0, chapter 3). */
public final class InvalidModuleException extends ModuleException {

    private static final long serialVersionUID = 1L;

    public InvalidModuleException(String message, long offset) {
        super(message, offset);
    }
}

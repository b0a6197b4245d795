package dev.mayfly.wasm;

/** The module uses a later proposal that this runtime recognises but does not implement; the message names it. */
public final class UnsupportedModuleException extends ModuleException {

    private static final long serialVersionUID = 1L;

    public UnsupportedModuleException(String message, long offset) {
        super(message, offset);
    }
}

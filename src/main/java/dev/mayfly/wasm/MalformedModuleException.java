package dev.mayfly.wasm;

/** The bytes are no WebAssembly binary (core specification 2.0, chapter 5). */
public final class MalformedModuleException extends ModuleException {

    private static final long serialVersionUID = 1L;

    public MalformedModuleException(String message, long offset) {
        super(message, offset);
    }
}

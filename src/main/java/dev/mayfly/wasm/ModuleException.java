package dev.mayfly.wasm;

/**
 * A module was refused. The message is written for the module's author: it names what is wrong in the words of the
 * specification and quotes nothing internal.
 */
public abstract sealed class ModuleException extends Exception
        permits MalformedModuleException, InvalidModuleException, UnsupportedModuleException, ModuleLimitException {

    private static final long serialVersionUID = 1L;

    private final String message;
    private final long offset;

    protected ModuleException(String message, long offset) {
        super(message);
        this.message = message;
        this.offset = offset;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** Where in the binary the trouble is, in bytes from its start. */
    public long offset() {
        return offset;
    }
}

package dev.mayfly.functions;

/** There is no function of that name. */
public final class FunctionNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FunctionNotFoundException(FunctionName name) {
        super("There is no function '" + name + "'.");
    }
}

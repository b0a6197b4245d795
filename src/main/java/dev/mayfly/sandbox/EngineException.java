package dev.mayfly.sandbox;

/** The engine failed at something that is neither the module's nor the guest's doing. The message is for operators. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}

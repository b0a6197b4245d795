package dev.mayfly.vmm;

/** A machine could not be made or run, for a reason that the guest has nothing to do with. The message is for operators. */
public final class VmmException extends Exception {

    private static final long serialVersionUID = 1L;

    VmmException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    VmmException(String message) {
        super(message);
    }
}

package dev.mayfly.sandbox.microvm;

/** Micro-VMs cannot be used here. The message is one line for an operator: why, and what to do about it. */
public final class MicroVmUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public MicroVmUnavailableException(String message) {
        super(message);
    }

    MicroVmUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

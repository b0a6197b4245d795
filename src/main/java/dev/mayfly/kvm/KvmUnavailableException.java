package dev.mayfly.kvm;

/** There is no usable KVM here. The message is one line for an operator: why, and exactly what to do. */
public final class KvmUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        MISSING,
        NOT_PERMITTED,
        TOO_OLD,
        CANNOT_BE_OPENED
    }

    private final Reason reason;

    KvmUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong, for programs. */
    public Reason reason() {
        return reason;
    }
}

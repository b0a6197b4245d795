package dev.mayfly.wasi;

/** A system call ends the instance instead of returning to it. Has no stack trace. */
public final class GuestEndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why the instance ends. */
    public sealed interface End {

        /** The guest asked to. */
        record Exit(int code) implements End {}

        /** Its {@link Patience} is at an end. */
        record Interrupted() implements End {}

        /** It made a call that its policy ends it for. */
        record CallDenied(SystemCall call) implements End {}

        /** It wrote more than it may. */
        record OutputLimit() implements End {}
    }

    private final transient End end;

    GuestEndException(End end) {
        super(end.toString(), null, false, false);
        this.end = end;
    }

    public End end() {
        return end;
    }
}

package dev.mayfly.invocations.records;

/** How an invocation ended, in one word. The words are part of the API: responses, records and metrics carry them. */
public enum InvocationOutcome {
    /** A command exited with 0, or a reactor's function returned. */
    SUCCEEDED("succeeded"),
    /** A command exited with another code. */
    EXITED("exited"),
    TRAPPED("trapped"),
    TIMED_OUT("timed-out"),
    /** The instance used up its processor time. */
    CPU_TIME_EXCEEDED("cpu-time-exceeded"),
    CLIENT_GONE("client-gone"),
    CANCELLED("cancelled"),
    SHUT_DOWN("shut-down"),
    INPUT_TOO_LARGE("input-too-large"),
    OUTPUT_TOO_LARGE("output-too-large"),
    /** The guest called its host more often than the engine can take. */
    SYSTEM_CALL_LIMIT("system-call-limit"),
    /** The guest made a system call that its function's policy ends it for. */
    SYSTEM_CALL_DENIED("system-call-denied"),
    /** The arguments are not what the reactor's function takes. */
    INVALID_ARGUMENTS("invalid-arguments"),
    /** The engine that was to run it does not take the module. */
    MODULE_REFUSED("module-refused"),
    /** Its worker was lost, and nobody knows how far it came. */
    LOST("lost"),
    /** The platform failed. */
    FAILED("failed");

    private final String id;

    InvocationOutcome(String id) {
        this.id = id;
    }

    /** The word that users see. */
    public String id() {
        return id;
    }

    /**
     * The outcome of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static InvocationOutcome of(String id) {
        for (InvocationOutcome outcome : values()) {
            if (outcome.id.equals(id)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no outcome: " + id);
    }
}

package dev.mayfly.asynchronous;

/** Where an asynchronous invocation is in its life. The words are part of the API. */
public enum InvocationState {
    /** It waits for its first or another attempt. */
    QUEUED("queued"),
    /** An attempt is being made. */
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    /** It failed in a way that another attempt would not change. */
    FAILED("failed"),
    CANCELLED("cancelled"),
    /** It failed as often, or for as long, as its function's policy allows: a dead letter. */
    DEAD("dead");

    private final String id;

    InvocationState(String id) {
        this.id = id;
    }

    /** The word that users see. */
    public String id() {
        return id;
    }

    /** Whether nothing more will be done about it, unless a dead letter is redriven. */
    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }

    /**
     * The state of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static InvocationState of(String id) {
        for (InvocationState state : values()) {
            if (state.id.equals(id)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state: " + id);
    }
}

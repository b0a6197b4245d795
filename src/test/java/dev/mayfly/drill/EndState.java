package dev.mayfly.drill;

/**
 * Where an accepted invocation was found at the end.
 *
 * @param state the API's word, or {@code missing}
 * @param attempts that were begun and count
 * @param correct whether its output, if it succeeded, is what it had to be
 */
record EndState(Submission submission, String state, int attempts, boolean correct) {

    static final String MISSING = "missing";

    boolean finished() {
        return state.equals("succeeded") || state.equals("failed") || state.equals("cancelled");
    }

    boolean deadLettered() {
        return state.equals("dead");
    }
}

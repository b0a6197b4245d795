package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of a synchronous request.
 *
 * @param sent when it was sent
 * @param took until the answer, or until it was known that there is none
 * @param through the control plane that it was sent to, empty if none took connections
 * @param status of the answer, 0 without one
 * @param problem the last segment of the problem's type, or {@code broken} without an answer, {@code refused} without a
 *     connection, {@code wrong-output} for a wrong one; empty if all is well
 * @param mayHaveStarted whether the answer says so
 * @param detail for people
 */
record Fate(
        Kind kind,
        Instant sent,
        Duration took,
        String through,
        int status,
        String problem,
        boolean mayHaveStarted,
        String detail) {

    private static final Duration DELIVERY = Duration.ofMillis(100);

    static final String BROKEN = "broken";
    static final String REFUSED = "refused";
    static final String WRONG = "wrong-output";

    boolean succeeded() {
        return problem.isEmpty();
    }

    Instant ended() {
        return sent.plus(took);
    }

    /** Whether it was sent, and not answered, at that moment, give or take what passes while a signal is delivered. */
    boolean inFlightAt(Instant moment) {
        return sent.isBefore(moment.plus(DELIVERY)) && ended().isAfter(moment);
    }

    /** How it failed, in a word. */
    String failure() {
        return mayHaveStarted ? problem + " (may have started)" : problem;
    }
}

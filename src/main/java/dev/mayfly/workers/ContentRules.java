package dev.mayfly.workers;

import dev.mayfly.problems.ProblemType;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What contents of a kind must be to be taken in.
 *
 * @param maxBytes of each
 * @param maxArrivals how many are received at once
 * @param maxChecks how many are checked at once
 * @param check throws if a file is not what it should be
 * @param invalid the problem of what was refused by the check
 * @param budget the property that says how many bytes there may be
 * @param received counts
 */
record ContentRules(
        long maxBytes,
        int maxArrivals,
        int maxChecks,
        Check check,
        ProblemType invalid,
        String budget,
        Counter received) {

    /** Looks at what has arrived. Takes a processor for a while. */
    @FunctionalInterface
    interface Check {
        void check(Path file) throws IOException, InvalidContentException;
    }
}

package dev.mayfly.asynchronous.http;

import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.util.UUID;

/** Ids of invocations as they are in requests. */
final class Ids {

    private Ids() {}

    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "'" + text + "' is no invocation id.");
        }
    }

    static ProblemException unknown(String id) {
        return new ProblemException(ProblemType.INVOCATION_NOT_FOUND, "There is no record of invocation '" + id + "'.");
    }
}

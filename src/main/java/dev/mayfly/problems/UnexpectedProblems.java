package dev.mayfly.problems;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/** Faults that nobody can do anything about here: logged in full under an id, of which the client is told nothing but the id. */
final class UnexpectedProblems {

    private static final Logger log = LoggerFactory.getLogger(UnexpectedProblems.class);

    private UnexpectedProblems() {}

    static ProblemDetail report(Throwable fault, String request) {
        String errorId = UUID.randomUUID().toString();
        log.error("Error {} in {}", errorId, request, fault);
        ProblemType type = Outage.of(fault).orElse(ProblemType.INTERNAL);
        String what =
                switch (type) {
                    case DATABASE_UNAVAILABLE -> "The database cannot be reached.";
                    case STORAGE_FULL -> "There is no room left to store anything.";
                    default -> "Something went wrong inside.";
                };
        ProblemDetail problem = type.with(what + " The log has it under id " + errorId + ".");
        problem.setProperty("errorId", errorId);
        return problem;
    }
}

package dev.mayfly.archives;

import dev.mayfly.problems.Outage;
import dev.mayfly.problems.ProblemType;

/** Tells apart why something could not be stored. */
final class Failures {

    private Failures() {}

    static ArchiveState stateOf(Exception failure) {
        return Outage.of(failure)
                .filter(ProblemType.STORAGE_FULL::equals)
                .map(_ -> ArchiveState.STORAGE_FULL)
                .orElse(ArchiveState.FAILED);
    }
}

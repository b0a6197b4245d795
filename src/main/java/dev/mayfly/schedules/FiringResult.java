package dev.mayfly.schedules;

import java.util.Locale;

/** What became of a firing. */
enum FiringResult {
    /** An invocation was submitted. */
    SUBMITTED,
    /** It was left out, by the schedule's policy. */
    SKIPPED,
    /** The invocation was refused. */
    FAILED;

    /** As it stands in the database, in answers and in metrics. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FiringResult of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}

package dev.mayfly.schedules;

import dev.mayfly.functions.FunctionName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is stored.
 *
 * @param id its own, never used again for one of the same name
 * @param revision counts the changes of its definition
 * @param next the first firing that has not been seen to; null if there is none, or it is disabled
 */
record Schedule(
        UUID id,
        FunctionName function,
        String name,
        long revision,
        ScheduleDefinition definition,
        @Nullable Instant next,
        Progress progress,
        Instant createdAt,
        Instant updatedAt) {

    /** For {@code ETag}. */
    String tag() {
        return id + "." + revision;
    }

    /** The name of the timer of this revision. */
    Timer timer() {
        return new Timer(id, revision);
    }

    /** Which schedule, and which revision of it, a timer is for. */
    record Timer(UUID id, long revision) {

        static Timer of(String name) {
            int dot = name.indexOf('.');
            return new Timer(UUID.fromString(name.substring(0, dot)), Long.parseLong(name.substring(dot + 1)));
        }

        String name() {
            return id + "." + revision;
        }
    }
}

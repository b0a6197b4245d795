package dev.mayfly.schedules;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule has done so far.
 *
 * @param held a firing that waits for the end of the invocation before it; null if there is none
 * @param last what became of the last firing; null if there was none
 * @param invocation the last that was submitted; null if there was none
 */
record Progress(
        @Nullable Instant held,
        @Nullable Past last,
        @Nullable UUID invocation) {

    static final Progress NONE = new Progress(null, null, null);

    /**
     * A firing that was.
     *
     * @param reason why it was skipped, or the type of the problem that it failed with; null if it was submitted
     */
    record Past(Instant at, FiringResult result, @Nullable String reason) {}

    Progress submitted(Instant firing, UUID submitted) {
        return new Progress(held, new Past(firing, FiringResult.SUBMITTED, null), submitted);
    }

    Progress skipped(Instant firing, String reason) {
        return new Progress(held, new Past(firing, FiringResult.SKIPPED, reason), invocation);
    }

    Progress failed(Instant firing, String reason) {
        return new Progress(held, new Past(firing, FiringResult.FAILED, reason), invocation);
    }

    Progress holding(Instant firing) {
        return new Progress(firing, last, invocation);
    }

    Progress holdingNothing() {
        return new Progress(null, last, invocation);
    }
}

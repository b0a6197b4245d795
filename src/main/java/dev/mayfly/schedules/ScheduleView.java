package dev.mayfly.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A schedule as clients see it. */
@Schema(name = "Schedule")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScheduleView(
        @Schema(example = "greeter") String function,
        @Schema(example = "nightly") String name,
        @Schema(example = "0 6 * * MON-FRI") String cron,
        @Schema(example = "Europe/Berlin") String timeZone,
        @Nullable String input,
        @Nullable String inputBase64,
        List<String> args,
        @Nullable Integer version,
        @Nullable String alias,
        Misfire misfire,
        Overlap overlap,
        boolean enabled,
        @Nullable String callback,

        @Schema(description = "The next five firings; the first may be in the past while it is about to be made")
        List<Instant> nextFirings,

        @Schema(description = "A firing that waits for the end of the invocation before it") @Nullable
        Instant heldFiring,

        @Nullable LastFiring lastFiring,

        @Schema(description = "The last invocation that was submitted") @Nullable
        UUID lastInvocationId,

        Instant createdAt,
        Instant updatedAt) {

    private static final int NEXT = 5;

    /** What became of a schedule's last firing. */
    @Schema(name = "LastFiring")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LastFiring(
            @Schema(description = "When it was due") Instant at,

            @Schema(allowableValues = {"submitted", "skipped", "failed"})
            String result,

            @Schema(
                    description = "Why it was skipped, 'overlap' or 'misfire', or the type of the problem that the"
                            + " invocation was refused with",
                    example = "overlap")
            @Nullable
            String reason) {}

    static ScheduleView of(Schedule schedule) {
        ScheduleDefinition definition = schedule.definition();
        Progress progress = schedule.progress();
        return new ScheduleView(
                schedule.function().value(),
                schedule.name(),
                definition.cron(),
                definition.timeZone(),
                definition.input(),
                definition.inputBase64(),
                definition.args(),
                definition.version(),
                definition.alias(),
                definition.misfire(),
                definition.overlap(),
                definition.enabled(),
                definition.callback(),
                nextFirings(schedule),
                progress.held(),
                last(progress.last()),
                progress.invocation(),
                schedule.createdAt(),
                schedule.updatedAt());
    }

    private static List<Instant> nextFirings(Schedule schedule) {
        Instant next = schedule.next();
        return next == null
                ? List.of()
                : Stream.concat(Stream.of(next), schedule.definition().times().next(next, NEXT - 1).stream())
                        .toList();
    }

    private static @Nullable LastFiring last(Progress.@Nullable Past past) {
        return past == null ? null : new LastFiring(past.at(), past.result().id(), past.reason());
    }
}

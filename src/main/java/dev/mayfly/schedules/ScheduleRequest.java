package dev.mayfly.schedules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule as its user asks for it; nothing in it is checked yet. */
@Schema(name = "ScheduleRequest", description = "What is left out takes the default. Unknown fields are refused.")
record ScheduleRequest(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description =
                        "Five fields (minute, hour, day of month, month, day of week), six with the second before them,"
                                + " or @hourly, @daily, @weekly, @monthly, @yearly. Day of month and day of week must"
                                + " both match where both are restricted",
                example = "0 6 * * MON-FRI")
        @Nullable
        String cron,

        @Schema(description = "An IANA identifier", defaultValue = "UTC", example = "Europe/Berlin") @Nullable
        String timeZone,

        @Schema(description = "Standard input of each invocation, as text") @Nullable
        String input,

        @Schema(description = "Standard input of each invocation, in Base64, instead of 'input'") @Nullable
        String inputBase64,

        @Schema(description = "Arguments of each invocation, behind those of the function") @Nullable
        List<@Nullable String> args,

        @Schema(description = "The version to invoke, instead of an alias") @Nullable
        Integer version,

        @Schema(description = "The alias to invoke", defaultValue = "live") @Nullable
        String alias,

        @Schema(
                description = "What becomes of firings that were missed while nothing ran",
                allowableValues = {"skip", "fire-once", "fire-all"},
                defaultValue = "fire-once")
        @Nullable
        String misfire,

        @Schema(
                description = "What becomes of a firing while the invocation of the one before has not ended",
                allowableValues = {"allow", "skip", "queue"},
                defaultValue = "allow")
        @Nullable
        String overlap,

        @Schema(description = "Whether it fires", defaultValue = "true") @Nullable
        Boolean enabled,

        @Schema(description = "Where each result is delivered to", example = "https://example.com/results") @Nullable
        String callback) {}

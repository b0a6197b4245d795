package dev.mayfly.schedules;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.mayfly.functions.VersionSelector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule is to do, checked. Stored as JSON; fields that a later release added do not trouble an earlier one.
 *
 * @param cron see {@link CronText}
 * @param timeZone an IANA identifier
 * @param input standard input, as text; null if it is given as {@code inputBase64}
 * @param inputBase64 standard input, encoded; null if it is given as {@code input}
 * @param args arguments of each invocation
 * @param version of the function; null if {@code alias} says which
 * @param alias of the function; null if {@code version} says which
 * @param callback where results are delivered to; null if nowhere
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ScheduleDefinition(
        String cron,
        String timeZone,
        @Nullable String input,
        @Nullable String inputBase64,
        List<String> args,
        @Nullable Integer version,
        @Nullable String alias,
        Misfire misfire,
        Overlap overlap,
        boolean enabled,
        @Nullable String callback) {

    ScheduleDefinition {
        args = List.copyOf(args);
    }

    FiringTimes times() {
        return new FiringTimes(new CronText(cron), ZoneId.of(timeZone));
    }

    VersionSelector selector() {
        if (version != null) {
            return new VersionSelector.Numbered(version);
        }
        return alias == null ? VersionSelector.LIVE : new VersionSelector.Alias(alias);
    }

    ByteBuffer inputBytes() {
        if (inputBase64 != null) {
            return ByteBuffer.wrap(Base64.getDecoder().decode(inputBase64));
        }
        return input == null ? ByteBuffer.allocate(0) : StandardCharsets.UTF_8.encode(input);
    }
}

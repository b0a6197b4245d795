package dev.mayfly.schedules;

import dev.mayfly.asynchronous.CallbackPolicy;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.InvalidConfigurationException;
import dev.mayfly.functions.InvalidConfigurationException.Violation;
import dev.mayfly.problems.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns what a user asks for into a definition, or says everything that is wrong with it. */
final class ScheduleRules {

    private static final int MAX_ARGS_BYTES = 32 * 1024;
    /** So many successive firings are looked at for the shortest interval: more than there are in three minutes. */
    private static final int FIRINGS_LOOKED_AT = 200;

    private static final Map<String, Misfire> MISFIRES =
            Map.of("skip", Misfire.SKIP, "fire-once", Misfire.FIRE_ONCE, "fire-all", Misfire.FIRE_ALL);
    private static final Map<String, Overlap> OVERLAPS =
            Map.of("allow", Overlap.ALLOW, "skip", Overlap.SKIP, "queue", Overlap.QUEUE);

    private final Duration minInterval;
    private final long maxInput;
    private final CallbackPolicy callbacks;
    private final InstantSource time;

    ScheduleRules(Duration minInterval, long maxInput, CallbackPolicy callbacks, InstantSource time) {
        this.minInterval = minInterval;
        this.maxInput = maxInput;
        this.callbacks = callbacks;
        this.time = time;
    }

    /**
     * Checks a request and fills in the defaults.
     *
     * @throws InvalidConfigurationException if it breaks rules, with all of them
     */
    ScheduleDefinition check(ScheduleRequest request) {
        Check check = new Check();
        String zone = check.zone(Optional.ofNullable(request.timeZone()).orElse("UTC"));
        String cron = check.cron(Optional.ofNullable(request.cron()).orElse(""), zone);
        check.input(request.input(), request.inputBase64());
        check.target(request.version(), request.alias());
        List<String> args = check.args(Optional.ofNullable(request.args()).orElse(List.of()));
        Misfire misfire = check.oneOf("misfire", MISFIRES, request.misfire(), Misfire.FIRE_ONCE);
        Overlap overlap = check.oneOf("overlap", OVERLAPS, request.overlap(), Overlap.ALLOW);
        check.callback(request.callback());
        if (!check.violations.isEmpty()) {
            throw new InvalidConfigurationException(check.violations);
        }
        return new ScheduleDefinition(
                cron,
                zone,
                request.input(),
                request.inputBase64(),
                args,
                request.version(),
                request.version() == null ? Optional.ofNullable(request.alias()).orElse("live") : null,
                misfire,
                overlap,
                Optional.ofNullable(request.enabled()).orElse(true),
                request.callback());
    }

    private final class Check {

        private final List<Violation> violations = new ArrayList<>();

        private void refuse(String field, String message) {
            violations.add(new Violation(field, message));
        }

        String zone(String id) {
            if (!ZoneId.getAvailableZoneIds().contains(id)) {
                refuse("timeZone", "must be an IANA time zone, such as Europe/Berlin");
            }
            return id;
        }

        String cron(String text, String zone) {
            CronText cron = new CronText(text);
            List<String> wrong = cron.violations();
            wrong.forEach(message -> refuse("cron", message));
            if (wrong.isEmpty() && violations.isEmpty()) {
                firings(new FiringTimes(cron, ZoneId.of(zone)).next(time.instant(), FIRINGS_LOOKED_AT));
            }
            return text.strip();
        }

        private void firings(List<Instant> firings) {
            if (firings.isEmpty()) {
                refuse("cron", "must fire at some time, this never does");
            }
            boolean tooOften = IntStream.range(1, firings.size())
                    .mapToObj(i -> Duration.between(firings.get(i - 1), firings.get(i)))
                    .anyMatch(interval -> interval.compareTo(minInterval) < 0);
            if (tooOften) {
                refuse("cron", "must not fire more often than every " + minInterval.toSeconds() + " seconds");
            }
        }

        void input(@Nullable String text, @Nullable String base64) {
            if (text != null && base64 != null) {
                refuse("inputBase64", "must not be given together with 'input'");
            } else if (text != null) {
                unicode("input", text, false);
                size("input", text.getBytes(StandardCharsets.UTF_8).length);
            } else if (base64 != null) {
                encoded(base64);
            }
        }

        private void encoded(String base64) {
            try {
                size("inputBase64", Base64.getDecoder().decode(base64).length);
            } catch (IllegalArgumentException e) {
                refuse("inputBase64", "must be Base64");
            }
        }

        private void size(String field, int bytes) {
            if (bytes > maxInput) {
                refuse(field, "must have at most " + maxInput + " bytes, has " + bytes);
            }
        }

        void target(@Nullable Integer version, @Nullable String alias) {
            if (version != null && alias != null) {
                refuse("alias", "must not be given together with 'version'");
            }
            if (version != null && version < 1) {
                refuse("version", "must be 1 or more");
            }
            if (alias != null && !alias.matches(FunctionName.PATTERN)) {
                refuse("alias", "must match " + FunctionName.PATTERN);
            }
        }

        List<String> args(List<@Nullable String> args) {
            List<String> checked = new ArrayList<>();
            int bytes = 0;
            for (@Nullable String arg : args) {
                String field = "args[" + checked.size() + "]";
                String value = arg == null ? "" : arg;
                if (arg == null) {
                    refuse(field, "must not be null");
                }
                unicode(field, value, true);
                bytes += value.getBytes(StandardCharsets.UTF_8).length + 1;
                checked.add(value);
            }
            if (bytes > MAX_ARGS_BYTES) {
                refuse("args", "must take at most " + MAX_ARGS_BYTES + " bytes in all, take " + bytes);
            }
            return checked;
        }

        /** Unpaired surrogates have no UTF-8 form, and NUL ends an argument in a guest. */
        private void unicode(String field, String value, boolean withoutNul) {
            boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(value);
            if (!encodable || (withoutNul && value.indexOf(0) >= 0)) {
                refuse(field, withoutNul ? "must be Unicode text without NUL characters" : "must be Unicode text");
            }
        }

        void callback(@Nullable String address) {
            if (address == null) {
                return;
            }
            try {
                callbacks.check(new URI(address));
            } catch (URISyntaxException e) {
                refuse("callback", "must be a URL");
            } catch (ProblemException e) {
                refuse(
                        "callback",
                        "must be an address that may be called back. "
                                + e.problem().getDetail());
            }
        }

        <T> T oneOf(String field, Map<String, T> words, @Nullable String word, T byDefault) {
            T chosen = word == null ? byDefault : words.get(word);
            if (chosen == null) {
                refuse(
                        field,
                        "must be one of "
                                + String.join(
                                        ", ", words.keySet().stream().sorted().toList()));
                return byDefault;
            }
            return chosen;
        }
    }
}

package dev.mayfly.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.functions.InvalidConfigurationException;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleRulesTest {

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z"));
    private static final ScheduleRules RULES =
            new ScheduleRules(Duration.ofSeconds(30), 10, ScheduleRulesTest::refuseEvil, NOW);

    private static void refuseEvil(URI callback) {
        if (callback.getHost().equals("evil.example")) {
            throw new ProblemException(ProblemType.CALLBACK_REFUSED, "Not there.");
        }
    }

    private static ScheduleRequest request(String cron, @Nullable String zone) {
        return new ScheduleRequest(cron, zone, null, null, null, null, null, null, null, null, null);
    }

    private static List<String> violations(ScheduleRequest request) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> RULES.check(request))
                .violations()
                .stream()
                .map(violation -> violation.field() + " " + violation.message())
                .toList();
    }

    @Test
    void fillsInDefaults() {
        ScheduleDefinition definition = RULES.check(request(" @daily ", null));

        assertThat(definition)
                .isEqualTo(new ScheduleDefinition(
                        "@daily",
                        "UTC",
                        null,
                        null,
                        List.of(),
                        null,
                        "live",
                        Misfire.FIRE_ONCE,
                        Overlap.ALLOW,
                        true,
                        null));
        assertThat(definition.selector()).isEqualTo(VersionSelector.LIVE);
    }

    @Test
    void takesInputAsTextOrEncoded() {
        ScheduleRequest text = new ScheduleRequest("@daily", null, "hé", null, null, 3, null, null, null, null, null);
        ScheduleRequest encoded =
                new ScheduleRequest("@daily", null, null, "AP8=", null, null, null, null, null, null, null);

        assertThat(RULES.check(text).inputBytes()).isEqualTo(StandardCharsets.UTF_8.encode("hé"));
        assertThat(RULES.check(text).selector()).isEqualTo(new VersionSelector.Numbered(3));
        assertThat(RULES.check(encoded).inputBytes()).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    }

    @Test
    void listsEverythingThatIsWrong() {
        List<@Nullable String> args = new ArrayList<>();
        args.add(null);
        args.add("a\0b");

        List<String> violations = violations(new ScheduleRequest(
                "61 * * * *", "Berlin", "x", "eA==", args, 0, "live", "never", "sometimes", null, null));

        assertThat(violations)
                .containsExactly(
                        "timeZone must be an IANA time zone, such as Europe/Berlin",
                        "cron has '61' as its minute, which is none",
                        "inputBase64 must not be given together with 'input'",
                        "alias must not be given together with 'version'",
                        "version must be 1 or more",
                        "args[0] must not be null",
                        "args[1] must be Unicode text without NUL characters",
                        "misfire must be one of fire-all, fire-once, skip",
                        "overlap must be one of allow, queue, skip");
    }

    @Test
    void refusesWhatFiresTooOften() {
        assertThat(violations(request("0,29 0 6 * * *", "UTC")))
                .containsExactly("cron must not fire more often than every 30 seconds");
        assertThat(RULES.check(request("0,30 0 6 * * *", "UTC")).cron()).isEqualTo("0,30 0 6 * * *");
    }

    @Test
    void refusesACallbackThatIsNotAllowed() {
        assertThat(violations(withCallback("https://evil.example/")))
                .containsExactly("callback must be an address that may be called back. Not there.");
        assertThat(violations(withCallback("not a URL"))).containsExactly("callback must be a URL");
        assertThat(RULES.check(withCallback("https://good.example/")).callback())
                .isEqualTo("https://good.example/");
    }

    private static ScheduleRequest withCallback(String callback) {
        return new ScheduleRequest("@daily", null, null, null, null, null, null, null, null, null, callback);
    }

    @Test
    void refusesWhatNeverFires() {
        assertThat(violations(request("0 0 31 6 *", "UTC")))
                .containsExactly("cron must fire at some time, this never does");
    }

    @Test
    void refusesAnInputThatIsTooLongOrNoBase64() {
        ScheduleRequest tooLong =
                new ScheduleRequest("@daily", null, "12345678901", null, null, null, null, null, null, null, null);
        ScheduleRequest broken =
                new ScheduleRequest("@daily", null, null, "???", null, null, null, null, null, null, null);

        assertThat(violations(tooLong)).containsExactly("input must have at most 10 bytes, has 11");
        assertThat(violations(broken)).containsExactly("inputBase64 must be Base64");
    }
}

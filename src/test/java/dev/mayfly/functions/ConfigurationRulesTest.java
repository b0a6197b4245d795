package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.functions.InvalidConfigurationException.Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConfigurationRulesTest {

    private final ConfigurationRules rules = new ConfigurationRules(
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("mayfly.functions", FunctionProperties.class),
            new FakeDisks());

    @Test
    void whatIsLeftOutTakesItsDefault() {
        assertThat(rules.check(ConfigurationRequest.DEFAULTS))
                .isEqualTo(new FunctionConfiguration(
                        "",
                        Map.of(),
                        List.of(),
                        new FunctionLimits(128, 10_000, 16 << 20, 16 << 20, 1024, 16 << 20, 10_000),
                        HttpMode.RAW,
                        null));
    }

    @Test
    void takesWhatIsGiven() {
        ConfigurationRequest request = new ConfigurationRequest(
                "Greets",
                Map.of("GREETING", "Grüß Gott", "EMPTY", ""),
                List.of("--loud", ""),
                new ConfigurationRequest.Limits(4096, 300_000, 0L, 1L << 30, 2048, 0L, 100_000),
                "wagi",
                "greet",
                null);

        assertThat(rules.check(request))
                .isEqualTo(new FunctionConfiguration(
                        "Greets",
                        Map.of("GREETING", "Grüß Gott", "EMPTY", ""),
                        List.of("--loud", ""),
                        new FunctionLimits(4096, 300_000, 0, 1 << 30, 2048, 0, 100_000),
                        HttpMode.WAGI,
                        "greet"));
    }

    @Test
    void saysTheRangeOfEachLimitThatIsBroken() {
        assertThat(violations(limits(new ConfigurationRequest.Limits(4097, 0, -1L, (1L << 30) + 1, 63, -1L, 100_001))))
                .containsExactly(
                        new Violation("limits.memoryMiB", "must be from 1 to 4096"),
                        new Violation("limits.timeoutMs", "must be from 1 to 300000"),
                        new Violation("limits.maxInputBytes", "must be from 0 to 1073741824"),
                        new Violation("limits.maxOutputBytes", "must be from 0 to 1073741824"),
                        new Violation("limits.maxStackKiB", "must be from 64 to 2048"),
                        new Violation("limits.maxFileSystemBytes", "must be from 0 to 1073741824"),
                        new Violation("limits.maxFiles", "must be from 0 to 100000"));
    }

    @Test
    void takesWhatIsSaidOfSharingThePlatform() {
        FunctionConfiguration configuration = rules.check(new ConfigurationRequest(
                null,
                null,
                null,
                new ConfigurationRequest.Limits(null, 2000, null, null, null, null, null, 500),
                null,
                null,
                null,
                7,
                250,
                true,
                new ConfigurationRequest.Retry(5, 60, 10, 20)));

        assertThat(configuration.limits().cpuTimeMs()).isEqualTo(500);
        assertThat(configuration.maxConcurrency()).isEqualTo(7);
        assertThat(configuration.weight()).isEqualTo(250);
        assertThat(configuration.idempotent()).isTrue();
        assertThat(configuration.retry()).isEqualTo(new RetryPolicy(5, 60, 10, 20));
    }

    @Test
    void processorTimeIsAsLongAsWallClockTimeUnlessSaidOtherwise() {
        FunctionConfiguration configuration =
                rules.check(limits(new ConfigurationRequest.Limits(null, 2000, null, null, null, null, null)));

        assertThat(configuration.limits().cpuTimeMs()).isEqualTo(2000);
    }

    @Test
    void saysTheRangeOfWhatIsSaidOfSharingThePlatform() {
        assertThat(violations(new ConfigurationRequest(
                        null,
                        null,
                        null,
                        new ConfigurationRequest.Limits(null, 2000, null, null, null, null, null, 2001),
                        null,
                        null,
                        null,
                        0,
                        1001,
                        null,
                        new ConfigurationRequest.Retry(101, 0, 100, 99))))
                .containsExactly(
                        new Violation("limits.cpuTimeMs", "must be from 1 to 2000"),
                        new Violation("maxConcurrency", "must be from 1 to 10000"),
                        new Violation("weight", "must be from 1 to 1000"),
                        new Violation("retry.maxAttempts", "must be from 1 to 100"),
                        new Violation("retry.maxAgeSeconds", "must be from 1 to 2592000"),
                        new Violation("retry.maxBackoffMs", "must be from 100 to 86400000"));
    }

    @Test
    void everyConfigurationThatPassesGivesLimitsThatAnEngineTakes() {
        for (int memory : List.of(1, 4096)) {
            for (int stack : List.of(64, 2048)) {
                FunctionConfiguration configuration = rules.check(
                        limits(new ConfigurationRequest.Limits(memory, null, null, null, stack, null, null)));

                assertThat(configuration.limits().instanceLimits().memoryPages())
                        .isEqualTo(memory * 16);
                assertThat(configuration.limits().instanceLimits().stackBytes()).isEqualTo(stack * 1024);
            }
        }
    }

    @Test
    void refusesVariablesThatNoProgramCouldRead() {
        Map<String, @Nullable String> env = new HashMap<>();
        env.put("", "empty");
        env.put("A=B", "assignment");
        env.put("NUL\0", "x");
        env.put("VALUE", "with\0NUL");
        env.put("MISSING", null);
        env.put("SURROGATE", "\ud800");

        assertThat(violations(new ConfigurationRequest(null, env, null, null, null, null, null)))
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("env.", "env.A=B", "env.NUL\0", "env.VALUE", "env.MISSING", "env.SURROGATE");
    }

    @Test
    void refusesArgumentsThatNoProgramCouldRead() {
        assertThat(violations(new ConfigurationRequest(
                        null, null, Arrays.asList("fine", null, "with\0NUL"), null, null, null, null)))
                .extracting(Violation::field)
                .containsExactly("args[1]", "args[2]");
    }

    @Test
    void boundsTextsTogether() {
        ConfigurationRequest request = new ConfigurationRequest(
                "d".repeat(2001),
                Map.of("A", "ü".repeat(16_383)),
                List.of("a".repeat(32_768)),
                null,
                "websocket",
                "e".repeat(257),
                null);

        assertThat(violations(request))
                .containsExactly(
                        new Violation("description", "must have at most 2000 characters"),
                        new Violation("env", "must take at most 32768 bytes in all, takes 32769"),
                        new Violation("args", "must take at most 32768 bytes in all, take 32769"),
                        new Violation("http", "must be 'raw' or 'wagi'"),
                        new Violation("entryPoint", "must have at most 256 characters"));
    }

    private static ConfigurationRequest limits(ConfigurationRequest.Limits limits) {
        return new ConfigurationRequest(null, null, null, limits, null, null, null);
    }

    private List<Violation> violations(ConfigurationRequest request) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> rules.check(request))
                .violations();
    }
}

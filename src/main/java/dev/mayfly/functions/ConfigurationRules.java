package dev.mayfly.functions;

import dev.mayfly.functions.InvalidConfigurationException.Violation;
import dev.mayfly.wasi.SystemCallPolicy;
import dev.mayfly.wasi.SystemCallRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what a user asks for into a configuration, or says everything that is wrong with it. */
@Component
final class ConfigurationRules {

    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_ENTRY_POINT = 256;
    private static final int MIN_STACK_KIB = 64;
    private static final int MAX_CONCURRENCY = 10_000;
    private static final int MAX_WEIGHT = 1000;
    private static final int MAX_ATTEMPTS = 100;
    private static final int MAX_AGE_SECONDS = 30 * 24 * 60 * 60;
    private static final int MAX_BACKOFF_MS = 24 * 60 * 60 * 1000;

    private final FunctionProperties.Limits bounds;
    private final SystemCallPolicy defaultPolicy;
    private final SystemCallPolicy ceiling;

    private final Disks disks;

    ConfigurationRules(FunctionProperties properties, Disks disks) {
        this.disks = disks;
        this.bounds = properties.limits();
        this.defaultPolicy = properties.systemCalls().defaultPolicy();
        this.ceiling = properties.systemCalls().ceilingPolicy();
    }

    /**
     * Checks a request and fills in the defaults.
     *
     * @throws InvalidConfigurationException if it breaks rules, with all of them
     */
    FunctionConfiguration check(ConfigurationRequest request) {
        Check check = new Check();
        DiskRules diskRules = new DiskRules(disks, check::refuse);
        DiskReference rootDisk = diskRules.root(request.rootDisk());
        List<DiskMount> mounts =
                diskRules.mounts(Optional.ofNullable(request.mounts()).orElse(List.of()));
        FunctionConfiguration configuration = new FunctionConfiguration(
                check.text(
                        "description",
                        Optional.ofNullable(request.description()).orElse(""),
                        MAX_DESCRIPTION),
                check.env(Optional.ofNullable(request.env()).orElse(Map.of())),
                check.args(Optional.ofNullable(request.args()).orElse(List.of())),
                check.limits(Optional.ofNullable(request.limits()).orElse(ConfigurationRequest.Limits.DEFAULTS)),
                check.http(request.http()),
                check.entryPoint(request.entryPoint()),
                check.systemCalls(Optional.ofNullable(request.systemCalls()).orElse(Map.of())),
                check.maxConcurrency(request.maxConcurrency()),
                (int) check.range("weight", request.weight(), FunctionConfiguration.DEFAULT_WEIGHT, 1, MAX_WEIGHT),
                Optional.ofNullable(request.idempotent()).orElse(false),
                check.retry(Optional.ofNullable(request.retry()).orElse(ConfigurationRequest.Retry.DEFAULTS)),
                rootDisk,
                mounts,
                check.artifacts(request.artifacts()));
        if (check.violations.isEmpty()) {
            diskRules.checkTogether(rootDisk, mounts);
        }
        if (!check.violations.isEmpty()) {
            throw new InvalidConfigurationException(check.violations);
        }
        return configuration;
    }

    private final class Check {

        private final List<Violation> violations = new ArrayList<>();

        private void refuse(String field, String message) {
            violations.add(new Violation(field, message));
        }

        String text(String field, String value, int maxLength) {
            if (value.length() > maxLength) {
                refuse(field, "must have at most " + maxLength + " characters");
            }
            return wellFormed(field, value);
        }

        /** Unpaired surrogates have no UTF-8 form, and NUL ends a string in a guest. */
        private String wellFormed(String field, String value) {
            if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                refuse(field, "must be Unicode text without NUL characters");
            }
            return value;
        }

        Map<String, String> env(Map<String, @Nullable String> env) {
            long bytes = 0;
            Map<String, String> checked = new TreeMap<>();
            for (Map.Entry<String, @Nullable String> variable : env.entrySet()) {
                String field = "env." + variable.getKey();
                String name = wellFormed(field, variable.getKey());
                if (name.isEmpty() || name.indexOf('=') >= 0) {
                    refuse(field, "must have a name that is not empty and has no '='");
                }
                String value = wellFormed(field, present(field, variable.getValue()));
                checked.put(name, value);
                bytes += utf8(name) + utf8(value) + 2;
            }
            if (bytes > bounds.maxEnvBytes()) {
                refuse("env", "must take at most " + bounds.maxEnvBytes() + " bytes in all, takes " + bytes);
            }
            return checked;
        }

        List<String> args(List<@Nullable String> args) {
            long bytes = 0;
            List<String> checked = new ArrayList<>();
            for (@Nullable String arg : args) {
                String field = "args[" + checked.size() + "]";
                String value = wellFormed(field, present(field, arg));
                checked.add(value);
                bytes += utf8(value) + 1;
            }
            if (bytes > bounds.maxArgsBytes()) {
                refuse("args", "must take at most " + bounds.maxArgsBytes() + " bytes in all, take " + bytes);
            }
            return checked;
        }

        FunctionLimits limits(ConfigurationRequest.Limits limits) {
            int memory =
                    (int) within("memoryMiB", limits.memoryMiB(), bounds.defaultMemoryMiB(), 1, bounds.maxMemoryMiB());
            int timeout =
                    (int) within("timeoutMs", limits.timeoutMs(), bounds.defaultTimeoutMs(), 1, bounds.maxTimeoutMs());
            return new FunctionLimits(
                    memory,
                    timeout,
                    within(
                            "maxInputBytes",
                            limits.maxInputBytes(),
                            bounds.defaultInput().toBytes(),
                            0,
                            bounds.maxInput().toBytes()),
                    within(
                            "maxOutputBytes",
                            limits.maxOutputBytes(),
                            bounds.defaultOutput().toBytes(),
                            0,
                            bounds.maxOutput().toBytes()),
                    (int) within(
                            "maxStackKiB",
                            limits.maxStackKiB(),
                            bounds.defaultStackKiB(),
                            MIN_STACK_KIB,
                            bounds.maxStackKiB()),
                    within(
                            "maxFileSystemBytes",
                            limits.maxFileSystemBytes(),
                            bounds.defaultFileSystem().toBytes(),
                            0,
                            bounds.maxFileSystem().toBytes()),
                    (int) within("maxFiles", limits.maxFiles(), bounds.defaultFiles(), 0, bounds.maxFiles()),
                    (int) within("cpuTimeMs", limits.cpuTimeMs(), Math.max(1, timeout), 1, Math.max(1, timeout)));
        }

        private long within(String limit, @Nullable Number asked, long byDefault, long min, long max) {
            return range("limits." + limit, asked, byDefault, min, max);
        }

        long range(String field, @Nullable Number asked, long byDefault, long min, long max) {
            long value = asked == null ? byDefault : asked.longValue();
            if (value < min || value > max) {
                refuse(field, "must be from " + min + " to " + max);
            }
            return value;
        }

        @Nullable
        Integer maxConcurrency(@Nullable Integer asked) {
            return asked == null ? null : (int) range("maxConcurrency", asked, 1, 1, MAX_CONCURRENCY);
        }

        RetryPolicy retry(ConfigurationRequest.Retry retry) {
            RetryPolicy byDefault = RetryPolicy.DEFAULT;
            int shortest = (int)
                    range("retry.minBackoffMs", retry.minBackoffMs(), byDefault.minBackoffMs(), 1, MAX_BACKOFF_MS);
            return new RetryPolicy(
                    (int) range("retry.maxAttempts", retry.maxAttempts(), byDefault.maxAttempts(), 1, MAX_ATTEMPTS),
                    (int) range(
                            "retry.maxAgeSeconds",
                            retry.maxAgeSeconds(),
                            byDefault.maxAgeSeconds(),
                            1,
                            MAX_AGE_SECONDS),
                    shortest,
                    (int) range(
                            "retry.maxBackoffMs",
                            retry.maxBackoffMs(),
                            Math.max(shortest, byDefault.maxBackoffMs()),
                            shortest,
                            MAX_BACKOFF_MS));
        }

        HttpMode http(@Nullable String http) {
            if (http == null) {
                return HttpMode.RAW;
            }
            Optional<HttpMode> mode = Arrays.stream(HttpMode.values())
                    .filter(m -> m.id().equals(http))
                    .findFirst();
            if (mode.isEmpty()) {
                refuse(
                        "http",
                        Arrays.stream(HttpMode.values())
                                .map(m -> "'" + m.id() + "'")
                                .collect(Collectors.joining(" or ", "must be ", "")));
            }
            return mode.orElse(HttpMode.RAW);
        }

        ArtifactPolicy artifacts(@Nullable String asked) {
            if (asked == null) {
                return ArtifactPolicy.NEVER;
            }
            Optional<ArtifactPolicy> policy = ArtifactPolicy.find(asked);
            if (policy.isEmpty()) {
                refuse("artifacts", "must be 'never', 'on-success', 'on-failure' or 'always'");
            }
            return policy.orElse(ArtifactPolicy.NEVER);
        }

        @Nullable
        String entryPoint(@Nullable String entryPoint) {
            return entryPoint == null ? null : text("entryPoint", entryPoint, MAX_ENTRY_POINT);
        }

        /** A default above the ceiling is lowered to it, a rule above it that is asked for by name is refused. */
        SystemCalls systemCalls(Map<String, @Nullable String> texts) {
            SystemCallRules rules = SystemCallRules.parse(texts, defaultPolicy);
            rules.violations().forEach(wrong -> refuse("systemCalls." + wrong.field(), wrong.message()));
            rules.named().forEach((call, rule) -> {
                SystemCallRule strictest = rule.orStricter(ceiling.rule(call));
                if (!strictest.equals(rule)) {
                    refuse("systemCalls." + call.name(), "must be at least as strict as '" + strictest + "'");
                }
            });
            return new SystemCalls(rules.policy().within(ceiling));
        }

        private String present(String field, @Nullable String value) {
            if (value == null) {
                refuse(field, "must not be null");
                return "";
            }
            return value;
        }
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

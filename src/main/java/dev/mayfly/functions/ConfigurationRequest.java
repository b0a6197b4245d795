package dev.mayfly.functions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function's configuration as its user asks for it. What is left out takes the operator's default; nothing in it is
 * checked yet.
 *
 * @param description for people, up to 2000 characters
 * @param env environment variables of every instance
 * @param args arguments of every instance, before those of the invocation
 * @param limits what an instance may use
 * @param http how the HTTP gateway speaks to the function: {@code raw} or {@code wagi}
 * @param entryPoint for a reactor, the exported function to call
 * @param systemCalls which system calls its instances may make: a rule by the name of a call, or {@code default}
 * @param maxConcurrency how many of its instances run at once at most
 * @param weight its share of the slots in relation to other functions
 * @param idempotent whether running it twice does no harm
 * @param retry how asynchronous invocations are tried again
 * @param rootDisk a version of a disk, which its instances see as their root
 * @param mounts versions of disks that its instances see elsewhere
 * @param artifacts after which invocations an archive of what the instance changed is kept
 */
@Schema(name = "Configuration", description = "What is left out takes the default. Unknown fields are refused.")
public record ConfigurationRequest(
        @Schema(description = "For people, up to 2000 characters", example = "Greets whoever asks") @Nullable
        String description,

        @Schema(description = "Environment variables of every instance", example = "{\"GREETING\": \"Hello\"}")
        @Nullable
        Map<String, @Nullable String> env,

        @Schema(description = "Arguments of every instance, before those of the invocation") @Nullable
        List<@Nullable String> args,

        @Nullable Limits limits,

        @Schema(
                description = "How the HTTP gateway speaks to the function: 'raw' passes bodies, 'wagi' speaks CGI/1.1",
                allowableValues = {"raw", "wagi"},
                defaultValue = "raw")
        @Nullable
        String http,

        @Schema(description = "For a reactor: the exported function that an invocation calls") @Nullable
        String entryPoint,

        @Schema(
                description =
                        "Which system calls its instances may make: for the name of one, or 'default' for all others,"
                                + " 'allow', 'deny:' and the error code that it fails with, or 'trap', which ends the instance."
                                + " The operator sets a default, and a ceiling that a function can only be stricter than",
                example = "{\"default\": \"allow\", \"path_open\": \"deny:acces\", \"proc_raise\": \"trap\"}")
        @Nullable
        Map<String, @Nullable String> systemCalls,

        @Schema(description = "How many of its instances run at once at most, 1 to 10000") @Nullable
        Integer maxConcurrency,

        @Schema(
                description =
                        "Its share of the slots when there are too few for all, in relation to the weights of other"
                                + " functions, 1 to 1000",
                defaultValue = "100")
        @Nullable
        Integer weight,

        @Schema(
                description =
                        "Whether running it twice does no harm: then an invocation is started again whose worker was"
                                + " lost, where otherwise it fails, since it may have run",
                defaultValue = "false")
        @Nullable
        Boolean idempotent,

        @Nullable Retry retry,

        @Schema(
                description =
                        "A version of a disk, which instances see as their root directory: its name, '@' and the number."
                                + " What they change is in memory, and gone with them",
                example = "base@1")
        @Nullable
        String rootDisk,

        @Schema(description = "Versions of disks that instances see at other places, and cannot change; at most 16")
        @Nullable
        List<@Nullable Mount> mounts,

        @Schema(
                description =
                        "After which invocations an archive of what the instance changed in its files is kept for a"
                                + " while, to be fetched from the invocation's 'artifacts'",
                allowableValues = {"never", "on-success", "on-failure", "always"},
                defaultValue = "never")
        @Nullable
        String artifacts) {

    /** All defaults. */
    public static final ConfigurationRequest DEFAULTS =
            new ConfigurationRequest(null, null, null, null, null, null, null);

    /** What names no disks, and wants no artifacts. */
    public ConfigurationRequest(
            @Nullable String description,
            @Nullable Map<String, @Nullable String> env,
            @Nullable List<@Nullable String> args,
            @Nullable Limits limits,
            @Nullable String http,
            @Nullable String entryPoint,
            @Nullable Map<String, @Nullable String> systemCalls,
            @Nullable Integer maxConcurrency,
            @Nullable Integer weight,
            @Nullable Boolean idempotent,
            @Nullable Retry retry) {
        this(
                description,
                env,
                args,
                limits,
                http,
                entryPoint,
                systemCalls,
                maxConcurrency,
                weight,
                idempotent,
                retry,
                null,
                null,
                null);
    }

    /** What says nothing of how invocations share the platform with others. */
    public ConfigurationRequest(
            @Nullable String description,
            @Nullable Map<String, @Nullable String> env,
            @Nullable List<@Nullable String> args,
            @Nullable Limits limits,
            @Nullable String http,
            @Nullable String entryPoint,
            @Nullable Map<String, @Nullable String> systemCalls) {
        this(description, env, args, limits, http, entryPoint, systemCalls, null, null, null, null);
    }

    /** A disk that is seen at a path. */
    @Schema(name = "Mount", description = "A disk that instances see at a path, and cannot change")
    public record Mount(
            @Schema(description = "From the root; what is missing on the way is made", example = "/models") @Nullable
            String path,

            @Schema(description = "The disk's name, '@' and the number of the version", example = "models@3") @Nullable
            String disk) {}

    /** How an asynchronous invocation is tried again that fails. */
    @Schema(name = "Retry", description = "How an asynchronous invocation is tried again that fails")
    public record Retry(
            @Schema(description = "Attempts at most, the first included, 1 to 100", defaultValue = "3") @Nullable
            Integer maxAttempts,

            @Schema(description = "For how long another try is made, 1 to 2592000 (30 days)", defaultValue = "86400")
            @Nullable
            Integer maxAgeSeconds,

            @Schema(
                    description = "Pause before the second attempt, doubled for each further one",
                    defaultValue = "1000")
            @Nullable
            Integer minBackoffMs,

            @Schema(description = "Longest pause between two attempts", defaultValue = "60000") @Nullable
            Integer maxBackoffMs) {

        static final Retry DEFAULTS = new Retry(null, null, null, null);
    }

    /** What one instance may use, in the units that the names say. */
    @Schema(name = "Limits", description = "What one instance may use. The operator sets defaults and maxima.")
    public record Limits(
            @Schema(description = "Linear memory", defaultValue = "128") @Nullable
            Integer memoryMiB,

            @Schema(description = "Wall-clock time from the start of the instance", defaultValue = "10000") @Nullable
            Integer timeoutMs,

            @Schema(description = "Size of the request body", defaultValue = "16777216") @Nullable
            Long maxInputBytes,

            @Schema(description = "Size of standard output", defaultValue = "16777216") @Nullable
            Long maxOutputBytes,

            @Schema(description = "Call stack", defaultValue = "1024") @Nullable
            Integer maxStackKiB,

            @Schema(description = "Memory for files, in bytes", defaultValue = "16777216") @Nullable
            Long maxFileSystemBytes,

            @Schema(description = "Files, directories and links", defaultValue = "10000") @Nullable
            Integer maxFiles,

            @Schema(description = "Processor time from the start of the instance; as long as timeoutMs by default")
            @Nullable
            Integer cpuTimeMs) {

        static final Limits DEFAULTS = new Limits(null, null, null, null, null, null, null);

        /** What may compute for all of its time. */
        public Limits(
                @Nullable Integer memoryMiB,
                @Nullable Integer timeoutMs,
                @Nullable Long maxInputBytes,
                @Nullable Long maxOutputBytes,
                @Nullable Integer maxStackKiB,
                @Nullable Long maxFileSystemBytes,
                @Nullable Integer maxFiles) {
            this(memoryMiB, timeoutMs, maxInputBytes, maxOutputBytes, maxStackKiB, maxFileSystemBytes, maxFiles, null);
        }
    }
}

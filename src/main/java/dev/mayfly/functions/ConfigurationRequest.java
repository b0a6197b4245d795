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
        Map<String, @Nullable String> systemCalls) {

    /** All defaults. */
    public static final ConfigurationRequest DEFAULTS =
            new ConfigurationRequest(null, null, null, null, null, null, null);

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
            Integer maxFiles) {

        static final Limits DEFAULTS = new Limits(null, null, null, null, null, null, null);
    }
}

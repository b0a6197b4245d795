package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.wasi.SystemCallPolicy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version is published with besides its module. Complete and checked; {@link ConfigurationRequest} is what users
 * ask for.
 *
 * @param description for people
 * @param env environment variables of every instance, in the order of their names
 * @param args arguments of every instance, before those of the invocation
 * @param limits what an instance may use
 * @param http how the HTTP gateway speaks to the function
 * @param entryPoint for a reactor, the exported function to call; null for a command
 * @param systemCalls which system calls its instances may make
 * @param maxConcurrency how many of its instances run at once at most; null for the operator's default
 * @param weight its share of the slots, in relation to other functions' weights, when there are too few for all
 * @param idempotent whether running it twice does no harm, so that an invocation may be started again whose fate is not
 *     known
 * @param retry how asynchronous invocations are tried again
 * @param rootDisk what its instances see as their root and can change in memory; null for an empty root
 * @param mounts what they see elsewhere
 * @param artifacts after which invocations an archive of what the instance changed is kept
 */
public record FunctionConfiguration(
        String description,
        Map<String, String> env,
        List<String> args,
        FunctionLimits limits,
        HttpMode http,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String entryPoint,

        @Schema(
                types = "object",
                description = "The rule for each system call that has one of its own, and the 'default' for the others",
                example = "{\"default\": \"allow\", \"path_open\": \"deny:acces\", \"proc_raise\": \"trap\"}")
        SystemCalls systemCalls,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer maxConcurrency,
        int weight,
        boolean idempotent,
        RetryPolicy retry,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(types = "string", example = "base@1@sha256:9f86...")
        @Nullable
        DiskReference rootDisk,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DiskMount> mounts,

        @Schema(types = "string", example = "never") ArtifactPolicy artifacts) {

    /** The weight of a function that asks for none. */
    public static final int DEFAULT_WEIGHT = 100;

    public FunctionConfiguration {
        SortedMap<String, String> sorted = new TreeMap<>(env);
        env = Collections.unmodifiableSortedMap(sorted);
        args = List.copyOf(args);
        systemCalls = systemCallsOf(systemCalls);
        weight = weight == 0 ? DEFAULT_WEIGHT : weight;
        retry = retryOf(retry);
        mounts = mountsOf(mounts);
        artifacts = artifactsOf(artifacts);
    }

    /** A configuration without disks, and without artifacts. */
    public FunctionConfiguration(
            String description,
            Map<String, String> env,
            List<String> args,
            FunctionLimits limits,
            HttpMode http,
            @Nullable String entryPoint,
            SystemCalls systemCalls,
            @Nullable Integer maxConcurrency,
            int weight,
            boolean idempotent,
            RetryPolicy retry) {
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
                List.of(),
                ArtifactPolicy.NEVER);
    }

    /** A configuration with nothing said of how its invocations share the platform with others. */
    public FunctionConfiguration(
            String description,
            Map<String, String> env,
            List<String> args,
            FunctionLimits limits,
            HttpMode http,
            @Nullable String entryPoint,
            SystemCalls systemCalls) {
        this(
                description,
                env,
                args,
                limits,
                http,
                entryPoint,
                systemCalls,
                null,
                DEFAULT_WEIGHT,
                false,
                RetryPolicy.DEFAULT);
    }

    /** A configuration whose instances may make all system calls. */
    public FunctionConfiguration(
            String description,
            Map<String, String> env,
            List<String> args,
            FunctionLimits limits,
            HttpMode http,
            @Nullable String entryPoint) {
        this(description, env, args, limits, http, entryPoint, SystemCalls.ALL);
    }

    /** A version that was published before there were rules is stored without. */
    private static SystemCalls systemCallsOf(@Nullable SystemCalls stored) {
        return stored == null ? SystemCalls.ALL : stored;
    }

    private static RetryPolicy retryOf(@Nullable RetryPolicy stored) {
        return stored == null ? RetryPolicy.DEFAULT : stored;
    }

    private static List<DiskMount> mountsOf(@Nullable List<DiskMount> stored) {
        return stored == null ? List.of() : List.copyOf(stored);
    }

    private static ArtifactPolicy artifactsOf(@Nullable ArtifactPolicy stored) {
        return stored == null ? ArtifactPolicy.NEVER : stored;
    }

    /** All disks that it names. */
    public List<DiskReference> disks() {
        Stream<DiskReference> mounted = mounts.stream().map(DiskMount::disk);
        return Stream.concat(Stream.ofNullable(rootDisk), mounted).distinct().toList();
    }

    /** This configuration, with no rule for a system call less strict than a ceiling's. */
    FunctionConfiguration within(SystemCallPolicy ceiling) {
        return new FunctionConfiguration(
                description,
                env,
                args,
                limits,
                http,
                entryPoint,
                systemCalls.within(ceiling),
                maxConcurrency,
                weight,
                idempotent,
                retry,
                rootDisk,
                mounts,
                artifacts);
    }
}

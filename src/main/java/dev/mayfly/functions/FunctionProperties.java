package dev.mayfly.functions;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What functions may be.
 *
 * @param catalogRefresh how often what is known of a function is read anew, for changes made by other processes on the
 *     same database; after twice that time nothing old is used, unless the database does not answer
 * @param catalogStale how old may be what is known of a function while the database does not answer
 * @param catalogSize how many functions are kept in memory
 * @param maxAliases of one function
 * @param maxAliasTargets how many versions one alias may be split over
 * @param limits defaults and maxima of what functions may ask for
 * @param systemCalls which system calls functions may make
 */
@Validated
@ConfigurationProperties("mayfly.functions")
record FunctionProperties(
        @DefaultValue("1s") Duration catalogRefresh,
        @DefaultValue("15m") Duration catalogStale,
        @DefaultValue("10000") @Min(1) int catalogSize,
        @DefaultValue("50") @Min(1) int maxAliases,
        @DefaultValue("10") @Min(1) int maxAliasTargets,
        @DefaultValue @Valid Limits limits,
        @DefaultValue SystemCallProperties systemCalls) {

    /**
     * Defaults and maxima of a function's configuration.
     *
     * @param defaultMemoryMiB of linear memory
     * @param maxMemoryMiB of linear memory, at most 4096
     * @param defaultTimeoutMs of an invocation
     * @param maxTimeoutMs of an invocation
     * @param defaultInput size of a request body
     * @param maxInput size of a request body
     * @param defaultOutput size of standard output
     * @param maxOutput size of standard output
     * @param defaultStackKiB of call stack
     * @param maxStackKiB of call stack, at most 2048
     * @param defaultFileSystem memory for files
     * @param maxFileSystem memory for files
     * @param defaultFiles number of files, directories and links
     * @param maxFiles number of files, directories and links
     * @param maxEnvBytes of all environment variables together, as {@code NAME=value} with a byte behind each
     * @param maxArgsBytes of all arguments together, with a byte behind each
     */
    record Limits(
            @DefaultValue("128") @Min(1) int defaultMemoryMiB,
            @DefaultValue("4096") @Min(1) @Max(4096) int maxMemoryMiB,
            @DefaultValue("10000") @Min(1) int defaultTimeoutMs,
            @DefaultValue("300000") @Min(1) int maxTimeoutMs,
            @DefaultValue("16MB") DataSize defaultInput,
            @DefaultValue("1GB") DataSize maxInput,
            @DefaultValue("16MB") DataSize defaultOutput,
            @DefaultValue("1GB") DataSize maxOutput,
            @DefaultValue("1024") @Min(64) int defaultStackKiB,
            @DefaultValue("2048") @Min(64) @Max(2048) int maxStackKiB,
            @DefaultValue("16MB") DataSize defaultFileSystem,
            @DefaultValue("1GB") DataSize maxFileSystem,
            @DefaultValue("10000") @Min(0) int defaultFiles,
            @DefaultValue("100000") @Min(0) int maxFiles,
            @DefaultValue("32768") @Min(0) @Max(65536) int maxEnvBytes,
            @DefaultValue("32768") @Min(0) @Max(65536) int maxArgsBytes) {}
}

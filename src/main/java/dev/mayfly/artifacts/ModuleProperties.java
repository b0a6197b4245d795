package dev.mayfly.artifacts;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Modules: how they are taken in, and how they are kept.
 *
 * @param maxSize of an uploaded module; a larger one is refused
 * @param maxConcurrentUploads how many modules may be on their way in at once; a further one is refused with 429
 * @param maxConcurrentCompilations how many uploads may be decoded, validated and compiled at once, which bounds the
 *     memory and the processors that uploads take
 * @param compilationWait how long an upload waits for its turn to be compiled before it is refused with 429
 * @param cacheWeight how much memory executable modules that are not in use may take
 * @param sweepInterval how often stored modules that no version refers to are looked for
 * @param sweepGrace how long a module stays stored after its last version is gone; covers invocations that were
 *     admitted before
 */
@Validated
@ConfigurationProperties("mayfly.modules")
public record ModuleProperties(
        @DefaultValue("128MB") DataSize maxSize,
        @DefaultValue("16") @Min(1) int maxConcurrentUploads,
        @DefaultValue("2") @Min(1) int maxConcurrentCompilations,
        @DefaultValue("30s") Duration compilationWait,
        @DefaultValue("512MB") DataSize cacheWeight,
        @DefaultValue("10m") Duration sweepInterval,
        @DefaultValue("1h") Duration sweepGrace) {}

package dev.mayfly.disks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Disks: how they are taken in, and how they are kept.
 *
 * @param maxUpload size of an uploaded image; a larger one is refused
 * @param maxContent size of all files of a disk together, uncompressed; a larger one is refused
 * @param maxFiles files, directories and links of a disk; one with more is refused
 * @param maxConcurrentUploads how many images may be on their way in at once, which bounds the memory, the processors and
 *     the disk space that they take; a further one is refused with 429
 * @param openTables memory for the tables of disks that stay open while no instance uses them, some 100 bytes a file; each
 *     counts 1 MiB at least
 * @param sweepInterval how often stored disks that no version refers to are looked for
 * @param sweepGrace how long a disk stays stored after its last version is gone
 */
@Validated
@ConfigurationProperties("mayfly.disks")
record DiskProperties(
        @DefaultValue("4GB") DataSize maxUpload,
        @DefaultValue("16GB") DataSize maxContent,
        @DefaultValue("500000") @Min(1) @Max(10_000_000) int maxFiles,
        @DefaultValue("2") @Min(1) int maxConcurrentUploads,
        @DefaultValue("256MB") DataSize openTables,
        @DefaultValue("10m") Duration sweepInterval,
        @DefaultValue("1h") Duration sweepGrace) {}

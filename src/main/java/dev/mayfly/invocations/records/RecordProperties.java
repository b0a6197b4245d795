package dev.mayfly.invocations.records;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How records of invocations are written and kept.
 *
 * @param buffer how many records wait in memory to be written; beyond it the oldest are dropped
 * @param batch how many are written at once
 * @param writeInterval how long a record waits to be written together with others
 * @param retention how long and how many are kept
 */
@Validated
@ConfigurationProperties("mayfly.invocations.records")
record RecordProperties(
        @DefaultValue("10000") @Min(1) int buffer,
        @DefaultValue("500") @Min(1) @Max(10_000) int batch,
        @DefaultValue("200ms") Duration writeInterval,
        @DefaultValue @Valid Retention retention) {

    /**
     * What is kept.
     *
     * @param age after which a record is deleted
     * @param count of the newest records that are kept
     * @param interval between two deletions
     */
    record Retention(
            @DefaultValue("7d") Duration age,
            @DefaultValue("100000") @Min(1) int count,
            @DefaultValue("1m") Duration interval) {}
}

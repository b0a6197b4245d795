package dev.mayfly.schedules;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What schedules may be, and how they are run.
 *
 * @param minInterval shortest time between two firings of a schedule
 * @param maxPerFunction schedules of one function
 * @param maxTotal schedules in all
 * @param maxInput of standard input
 * @param misfireThreshold by which a firing may be late without having been missed
 * @param maxCatchUp missed firings that {@code fire-all} makes up for at most
 * @param pollInterval how often each process looks for what is due
 * @param heartbeat how often a process says that it is alive; what one was about to do that has not for four times as
 *     long is done by another
 * @param threads of each process that submit
 */
@Validated
@ConfigurationProperties("mayfly.schedules")
record ScheduleProperties(
        @DefaultValue("1s") Duration minInterval,
        @DefaultValue("100") @Min(0) int maxPerFunction,
        @DefaultValue("10000") @Min(0) int maxTotal,
        @DefaultValue("64KB") DataSize maxInput,
        @DefaultValue("60s") Duration misfireThreshold,
        @DefaultValue("100") @Min(1) @Max(10_000) int maxCatchUp,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("4") @Min(1) @Max(100) int threads) {}

package dev.mayfly.asynchronous;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How asynchronous invocations are kept and run.
 *
 * @param maxInflight how many this process runs, or has waiting for a slot, at once; 0 for none
 * @param maxInflightPerFunction how many of these may be of one function
 * @param maxInput how long an input may be, besides what its function allows
 * @param maxOutput how much of an output is kept, up to 1 MiB
 * @param maxQueued how many may be in the queue, about
 * @param maxQueuedPerFunction how many of one function may be in the queue, about
 * @param lease how long after its last sign of life a process is taken for dead and what it ran is given to others
 * @param renewInterval how often a lease is renewed
 * @param pollInterval how often the queue is looked at for what other processes put there
 * @param idempotencyRetention how long an idempotency key is remembered
 * @param maxWait how long a client may wait for an end with one request
 * @param retention what is kept of what has ended
 */
@Validated
@ConfigurationProperties("mayfly.async")
public record AsynchronousProperties(
        @DefaultValue("32") @Min(0) @Max(10_000) int maxInflight,
        @DefaultValue("24") @Min(1) int maxInflightPerFunction,
        @DefaultValue("6MB") DataSize maxInput,
        @DefaultValue("1MB") DataSize maxOutput,
        @DefaultValue("1000000") @Min(1) long maxQueued,
        @DefaultValue("200000") @Min(1) long maxQueuedPerFunction,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5s") Duration renewInterval,
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("24h") Duration idempotencyRetention,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue @Valid Retention retention) {

    private static final DataSize LARGEST_OUTPUT = DataSize.ofMegabytes(1);

    public AsynchronousProperties {
        if (maxOutput.compareTo(LARGEST_OUTPUT) > 0) {
            throw new IllegalArgumentException("mayfly.async.max-output must be at most 1MB: " + maxOutput);
        }
        if (lease.compareTo(renewInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("mayfly.async.lease must be at least twice the renew-interval");
        }
    }

    /**
     * What is kept.
     *
     * @param age after which a result is deleted, counted from its end
     * @param count of the newest results that are kept
     * @param deadLetterAge after which a dead letter is deleted
     * @param interval between two deletions
     */
    public record Retention(
            @DefaultValue("7d") Duration age,
            @DefaultValue("1000000") @Min(1) int count,
            @DefaultValue("30d") Duration deadLetterAge,
            @DefaultValue("1m") Duration interval) {}
}

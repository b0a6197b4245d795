package dev.mayfly.scheduling;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much runs and waits at once.
 *
 * @param slots how many invocations compute at once. Default: twice the number of processors, at least 4, since some guests
 *     compute and others wait for their input
 * @param maxBlocked how many invocations that wait in a system call may be without a slot at once. Default: four times the
 *     slots
 * @param maxConcurrencyPerFunction how many slots the invocations of one function take at once, unless the function says
 *     otherwise. Default: three quarters of the slots, so that one function always leaves some to the others
 * @param maxConcurrencyPerKey how many invocations run at once that one API key asked for, unless the key has a bound of its
 *     own. Default: any number
 * @param queueCapacity how many invocations wait at once
 * @param queueCapacityPerFunction how many invocations of one function wait at once. Default: three quarters of the
 *     queue
 * @param queueCapacityPerKey how many invocations wait at once that one API key asked for. Default: halfway between what
 *     one function may and the whole queue, so that one function of a key leaves room to its others, and they all to
 *     other keys
 * @param queueTimeout how long an invocation waits for a slot
 * @param drainTimeout how long a shutdown waits for what was admitted
 */
@Validated
@ConfigurationProperties("mayfly.scheduling")
record SchedulingProperties(
        @Nullable @Min(1) Integer slots,
        @Nullable @Min(0) Integer maxBlocked,
        @Nullable @Min(1) Integer maxConcurrencyPerFunction,
        @Nullable @Min(1) Integer maxConcurrencyPerKey,
        @DefaultValue("1024") @Min(1) int queueCapacity,
        @Nullable @Min(1) Integer queueCapacityPerFunction,
        @Nullable @Min(1) Integer queueCapacityPerKey,
        @DefaultValue("10s") Duration queueTimeout,
        @DefaultValue("25s") Duration drainTimeout) {

    private static final int FEWEST_SLOTS = 4;

    SchedulingLimits limits(int processors) {
        return new SchedulingLimits(
                slots != null ? slots : Math.max(FEWEST_SLOTS, 2 * processors),
                maxConcurrencyPerFunction,
                maxConcurrencyPerKey,
                queueCapacity,
                perFunction(),
                queueCapacityPerKey != null ? queueCapacityPerKey : (perFunction() + queueCapacity + 1) / 2,
                queueTimeout,
                maxBlocked);
    }

    private int perFunction() {
        return queueCapacityPerFunction != null
                ? queueCapacityPerFunction
                : SchedulingLimits.threeQuarters(queueCapacity);
    }
}

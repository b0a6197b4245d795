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
 * @param slots how many invocations run at once. Default: twice the number of processors, at least 4, since some guests
 *     compute and others wait for their input
 * @param maxConcurrencyPerFunction how many invocations of one function run at once. Default: three quarters of the
 *     slots, so that one function always leaves some to the others
 * @param queueCapacity how many invocations wait at once
 * @param queueCapacityPerFunction how many invocations of one function wait at once. Default: three quarters of the
 *     queue
 * @param queueTimeout how long an invocation waits for a slot
 * @param drainTimeout how long a shutdown waits for what was admitted
 */
@Validated
@ConfigurationProperties("mayfly.scheduling")
record SchedulingProperties(
        @Nullable @Min(1) Integer slots,
        @Nullable @Min(1) Integer maxConcurrencyPerFunction,
        @DefaultValue("1024") @Min(1) int queueCapacity,
        @Nullable @Min(1) Integer queueCapacityPerFunction,
        @DefaultValue("10s") Duration queueTimeout,
        @DefaultValue("25s") Duration drainTimeout) {

    private static final int FEWEST_SLOTS = 4;

    SchedulingLimits limits(int processors) {
        int slotCount = slots != null ? slots : Math.max(FEWEST_SLOTS, 2 * processors);
        return new SchedulingLimits(
                slotCount,
                maxConcurrencyPerFunction != null ? maxConcurrencyPerFunction : threeQuarters(slotCount),
                queueCapacity,
                queueCapacityPerFunction != null ? queueCapacityPerFunction : threeQuarters(queueCapacity),
                queueTimeout);
    }

    private static int threeQuarters(int whole) {
        return Math.max(1, whole - whole / 4);
    }
}

package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulingPropertiesTest {

    @Test
    void oneFunctionLeavesRoomInTheQueueToItsCallersOthersAndTheyToOtherCallers() {
        SchedulingLimits limits = properties(1024, null).limits(2);
        assertThat(limits.queueCapacityPerGroup()).isEqualTo(768);
        assertThat(limits.queueCapacityPerCaller()).isEqualTo(896);
    }

    @Test
    void aFunctionThatMayFillTheQueueMayDoSoWithAnyKey() {
        assertThat(properties(1024, 1024).limits(2).queueCapacityPerCaller()).isEqualTo(1024);
        assertThat(properties(1, null).limits(2).queueCapacityPerCaller()).isEqualTo(1);
    }

    private static SchedulingProperties properties(int queue, @Nullable Integer perFunction) {
        return new SchedulingProperties(
                null, null, null, null, queue, perFunction, null, Duration.ofSeconds(10), Duration.ofSeconds(25));
    }
}

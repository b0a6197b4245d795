package dev.mayfly.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CpuTimerTest {

    private final CpuTimer timer = new CpuTimer();

    @AfterEach
    void close() {
        timer.close();
    }

    private static Duration processorTime() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    @Test
    void whoComputesForLongerThanItMayIsEnded() {
        Interruption interruption = Interruption.after(Duration.ofMinutes(1));
        Duration before = processorTime();
        try (CpuTimer.Watch _ = timer.watch(interruption, Duration.ofMillis(30))) {
            while (!interruption.exhausted()) {
                Thread.onSpinWait();
            }
        }

        assertThat(interruption.reason()).contains(Interruption.Reason.CPU_TIME);
        assertThat(processorTime().minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void whoOnlyWaitsIsNot() {
        Interruption interruption = Interruption.after(Duration.ofMinutes(1));
        try (CpuTimer.Watch _ = timer.watch(interruption, Duration.ofMillis(20))) {
            interruption.pause(Duration.ofMillis(100));

            assertThat(interruption.reason()).isEmpty();
        }
    }

    @Test
    void whoHasEndedIsNotLookedAtAnyMore() {
        Interruption ended = Interruption.after(Duration.ofMinutes(1));
        timer.watch(ended, Duration.ofMillis(5)).close();
        Interruption later = Interruption.after(Duration.ofMinutes(1));
        try (CpuTimer.Watch _ = timer.watch(later, Duration.ofMillis(20))) {
            while (!later.exhausted()) {
                Thread.onSpinWait();
            }
        }

        assertThat(ended.reason()).isEmpty();
    }
}

package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExchangeClockTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final ExchangeClock watch = new ExchangeClock(now::get, Duration.ofSeconds(60), Duration.ofSeconds(1));

    private boolean isOverdueAfter(Duration time) {
        return watch.isOverdue(now.addAndGet(time.toNanos()));
    }

    @Test
    void anInstanceHasToBegin() {
        watch.waiting();
        assertThat(isOverdueAfter(Duration.ofSeconds(59))).isFalse();
        assertThat(isOverdueAfter(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void anInstanceHasToEndSoonAfterItsDeadline() {
        watch.waiting();
        watch.until(now.get() + Duration.ofSeconds(100).toNanos());
        assertThat(isOverdueAfter(Duration.ofSeconds(100))).isFalse();
        assertThat(isOverdueAfter(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void theTimeInWhichTheClientTakesOutputDoesNotCount() {
        watch.waiting();
        watch.until(now.get() + Duration.ofSeconds(1).toNanos());
        watch.answered();
        assertThat(isOverdueAfter(Duration.ofMinutes(10))).isFalse();
        watch.waiting();
        assertThat(isOverdueAfter(Duration.ofMillis(999))).isFalse();
        assertThat(isOverdueAfter(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void whatIsToStopHasTheTimeThatItIsGivenAndNoMoreThanItHad() {
        watch.waiting();
        watch.within(Duration.ofSeconds(2));
        watch.within(Duration.ofMinutes(2));
        assertThat(isOverdueAfter(Duration.ofMillis(1999))).isFalse();
        assertThat(isOverdueAfter(Duration.ofMillis(1))).isTrue();
    }
}

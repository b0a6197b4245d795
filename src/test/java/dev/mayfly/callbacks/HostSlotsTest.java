package dev.mayfly.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostSlotsTest {

    private final HostSlots slots = new HostSlots(3, 2);

    @Test
    void letsInNoMoreForAHostThanItMayHave() {
        assertThat(slots.enter("a")).isTrue();
        assertThat(slots.enter("a")).isTrue();
        assertThat(slots.enter("a")).isFalse();
        assertThat(slots.full()).containsExactly("a");
        assertThat(slots.enter("b")).isTrue();
        assertThat(slots.free()).isZero();
    }

    @Test
    void letsInNoMoreThanThereMayBeInAll() {
        slots.enter("a");
        slots.enter("b");
        slots.enter("c");

        assertThat(slots.enter("d")).isFalse();
    }

    @Test
    void hasRoomAgainWhenOneLeaves() throws InterruptedException {
        slots.enter("a");
        slots.enter("a");
        assertThat(slots.awaitEmpty(0)).isFalse();

        slots.leave("a");

        assertThat(slots.full()).isEmpty();
        assertThat(slots.free()).isEqualTo(2);
        slots.leave("a");
        assertThat(slots.awaitEmpty(0)).isTrue();
    }
}

package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void aNumberIsUsedOnce() {
        assertThat(window.use(1)).isTrue();
        assertThat(window.use(1)).isFalse();
        assertThat(window.use(0)).isFalse();
        assertThat(window.use(-1)).isFalse();
    }

    @Test
    void aNumberTooFarBehindCountsAsUsed() {
        assertThat(window.use(ReplayWindow.SIZE + 10)).isTrue();
        assertThat(window.use(10)).isFalse();
        assertThat(window.use(11)).isTrue();
    }

    @Test
    void aLongJumpForgetsWhatIsBehind() {
        assertThat(window.use(5)).isTrue();
        assertThat(window.use(Long.MAX_VALUE / 2)).isTrue();
        assertThat(window.use(5)).isFalse();
        assertThat(window.use(Long.MAX_VALUE / 2 - 1)).isTrue();
    }

    @Test
    void doesWhatASetOfAllNumbersWouldDo() {
        Random random = new Random(4);
        Set<Long> used = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 300_000; i++) {
            long number = Math.max(1, highest + random.nextInt(3 * ReplayWindow.SIZE) - 2 * ReplayWindow.SIZE);
            if (random.nextInt(4) > 0) {
                number = highest + 1 - random.nextInt((int) Math.min(highest + 1, 100));
            }
            boolean first = number >= 1 && number > highest - ReplayWindow.SIZE && used.add(number);
            assertThat(window.use(number)).as("%d after %d", number, highest).isEqualTo(first);
            highest = Math.max(highest, first ? number : 0);
        }
    }
}

package dev.mayfly.invocations.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailBufferTest {

    private static void write(TailBuffer tail, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertThat(tail.write(buffer, Duration.ZERO)).isEqualTo(bytes.length);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    private static void write(TailBuffer tail, String text) {
        write(tail, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsAllThatFits() {
        TailBuffer tail = new TailBuffer(10);
        assertThat(tail.text()).isEmpty();
        write(tail, "0123");
        write(tail, "456789");
        assertThat(tail.text()).isEqualTo("0123456789");
    }

    @Test
    void keepsTheEndOfWhatDoesNot() {
        for (int capacity : new int[] {1, 7, 300, 1000}) {
            TailBuffer tail = new TailBuffer(capacity);
            StringBuilder all = new StringBuilder();
            SplittableRandom random = new SplittableRandom(capacity);
            for (int i = 0; i < 200; i++) {
                String piece = "x" + i + "y".repeat(random.nextInt(capacity + 3));
                all.append(piece);
                write(tail, piece);
                assertThat(tail.text()).isEqualTo(all.substring(Math.max(0, all.length() - capacity)));
            }
        }
    }

    @Test
    void beginsWithAWholeCharacter() {
        TailBuffer tail = new TailBuffer(4);
        write(tail, "€€");
        assertThat(tail.text()).isEqualTo("€");
    }

    @Test
    void replacesWhatIsNoText() {
        TailBuffer tail = new TailBuffer(10);
        write(tail, new byte[] {'a', 0, (byte) 0xFF, 'b'});
        assertThat(tail.text()).isEqualTo("a\uFFFD\uFFFDb");
    }
}

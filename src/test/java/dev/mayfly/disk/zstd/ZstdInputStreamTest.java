package dev.mayfly.disk.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdInputStreamTest {

    @ParameterizedTest
    @ValueSource(ints = {-7, -1, 1, 3, 6, 9, 13, 16, 19, 22})
    void whatIsPackedAtAnyLevelIsUnpacked(int level) throws IOException {
        for (int length : new int[] {0, 1, 31, 1_000, 131_072, 131_073, 1_000_000}) {
            byte[] bytes = Samples.mixed(length, level + length);
            assertThat(unpack(Samples.pack(bytes, level, 0, true))).isEqualTo(bytes);
            assertThat(unpack(Zstd.compress(bytes, level))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 2_000_000", "14, 2_000_000", "20, 9_000_000", "27, 9_000_000"})
    void copiesReachAsFarBackAsTheWindowHoweverOftenItGoesRound(int windowLog, int length) throws IOException {
        byte[] bytes = Samples.mixed(length, windowLog);
        assertThat(unpack(Samples.pack(bytes, 12, windowLog, true))).isEqualTo(bytes);
    }

    @Test
    void aWindowOf128MiBIsTheLargest() throws IOException {
        assertThat(unpack(empty(17 << 3))).isEmpty();
        assertThatThrownBy(() -> unpack(empty((17 << 3) + 1)))
                .isInstanceOf(ZstdException.class)
                .hasMessageContaining("window of more than 134217728 bytes");
    }

    /** A frame of nothing, with a window; 17 is that of 2 to the power of 27, in the upper five bits. */
    private static byte[] empty(int window) {
        return new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) window, 1, 0, 0};
    }

    @Test
    void framesFollowEachOtherWithWhatIsToBeSkippedBetween() throws IOException {
        byte[] bytes = Samples.mixed(300_000, 2);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(Samples.pack(bytes, 3, 17, true));
        packed.write(new byte[] {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3});
        packed.write(Samples.pack(bytes, 9, 22, false));
        byte[] unpacked = unpack(packed.toByteArray());
        assertThat(unpacked).hasSize(2 * bytes.length).startsWith(bytes).endsWith(bytes);
    }

    @Test
    void contentsThatDoNotHaveTheirHashAreRefused() throws IOException {
        byte[] bytes = Samples.mixed(500, 4);
        byte[] packed = Samples.pack(bytes, 3, 0, true);
        packed[packed.length - 1] ^= 1;
        assertThatThrownBy(() -> unpack(packed))
                .isInstanceOf(ZstdException.class)
                .hasMessageContaining("hash");
        byte[] stored = new byte[2_000];
        new java.util.Random(1).nextBytes(stored);
        byte[] plain = Samples.pack(stored, 1, 0, true);
        plain[1_000] ^= 1;
        assertThatThrownBy(() -> unpack(plain))
                .isInstanceOf(ZstdException.class)
                .hasMessageContaining("hash");
    }

    @Test
    void contentsThatDoNotHaveTheirSizeAreRefused() {
        byte[] packed = Zstd.compress(new byte[200], 3);
        packed[5]++;
        assertThatThrownBy(() -> unpack(packed))
                .isInstanceOf(ZstdException.class)
                .hasMessageContaining("size");
    }

    @Test
    void whatEndsEarlyIsRefused() throws IOException {
        byte[] packed = Samples.pack(Samples.mixed(5_000, 5), 3, 0, true);
        for (int length = 1; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> unpack(cut)).isInstanceOf(IOException.class);
        }
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}

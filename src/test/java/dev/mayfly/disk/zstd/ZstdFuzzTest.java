package dev.mayfly.disk.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Data that {@link ZstdFuzzer} once failed with, and damaged frames, in this process. */
class ZstdFuzzTest {

    private static final Path KEPT = Path.of("src/test/resources/fuzz/zstd");

    @Test
    void dataThatOnceFailedPasses() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            List<Path> all = files.toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                ZstdFuzzer.fuzzerTestOneInput(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void damagedFramesAreRefusedOrUnpackedAsByTheReference() throws IOException {
        Random random = new Random(6);
        int unpacked = 0;
        byte[] intact = {};
        for (int i = 0; i < 1_500; i++) {
            if (i % 50 == 0) {
                intact = Samples.pack(Samples.mixed(random.nextInt(3_000), i), i / 50 % 20, 0, i % 250 == 0);
            }
            byte[] packed = intact.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ZstdFuzzer.fuzzerTestOneInput(packed);
            } catch (RuntimeException e) {
                fail(HexFormat.of().formatHex(packed), e);
            }
            unpacked += ZstdFuzzer.unpack(new ZstdInputStream(new ByteArrayInputStream(packed))) == null ? 0 : 1;
        }
        assertThat(unpacked).isBetween(100, 1_400);
    }
}

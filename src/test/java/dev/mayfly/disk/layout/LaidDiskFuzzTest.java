package dev.mayfly.disk.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes at random by {@link LaidDiskFuzzer}, in this process. */
class LaidDiskFuzzTest {

    @Test
    void aChangedDiskIsRefusedOrCanBeRead() throws IOException {
        Random random = new Random(8);
        int opened = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] program = new byte[1 + 8 * random.nextInt(4)];
            random.nextBytes(program);
            try {
                opened += LaidDiskFuzzer.run(program) ? 1 : 0;
            } catch (IOException | RuntimeException e) {
                fail(HexFormat.of().formatHex(program), e);
            }
        }
        assertThat(opened).isBetween(500, 3_500);
    }
}

package dev.mayfly.disk.layout;

import dev.mayfly.testsupport.GuidedFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link LaidDiskFuzzer} guided by the coverage of what opens and reads disks. */
@SuppressWarnings("NullAway.Init")
class LaidDiskFuzzIT {

    @TempDir
    Path seeds;

    @Test
    void aChangedDiskIsRefusedOrCanBeRead() throws Exception {
        new GuidedFuzzer(
                        LaidDiskFuzzer.class,
                        List.of("dev.mayfly.disk.layout.**"),
                        List.of(LaidDiskFuzzer.class.getName() + "**"),
                        1_024)
                .run(makeSeeds());
    }

    private Path makeSeeds() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            byte[] program = new byte[1 + 8 * (i % 5)];
            random.nextBytes(program);
            program[0] = (byte) (i % 4 == 3 ? 1 : 0);
            Files.write(seeds.resolve("seed" + i), program);
        }
        return seeds;
    }
}

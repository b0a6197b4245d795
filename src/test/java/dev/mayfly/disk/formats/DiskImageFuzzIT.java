package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testsupport.ByteEdits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged images, many of each format: each is refused with a reason, or makes a disk of which everything can be read. No
 * other exception leaves the readers, and none of them takes longer than it may.
 */
@SuppressWarnings("NullAway.Init")
class DiskImageFuzzIT {

    private static final int MUTANTS = Integer.getInteger("mayfly.disks.mutants", 150);
    private static final long SEED = Long.getLong("mayfly.disks.seed", 5);
    private static final int MAX_EDITS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path work;

    private final Map<String, Integer> ends = new TreeMap<>();

    @Test
    void damagedImagesAreRefusedWithAReasonOrMakeADisk() throws IOException {
        int tried = 0;
        Duration longest = Duration.ZERO;
        for (Map.Entry<String, byte[]> image : SmallImages.make(work).entrySet()) {
            Random random = new Random(SEED);
            ByteEdits edits = new ByteEdits(image.getValue());
            for (int i = 0; i < MUTANTS; i++) {
                byte[] program = new byte[ByteEdits.BYTES * (1 + random.nextInt(MAX_EDITS))];
                random.nextBytes(program);
                long start = System.nanoTime();
                attempt(image.getKey() + ", mutant " + i, TarSums.repair(edits.apply(program, 0)));
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest = took.compareTo(longest) > 0 ? took : longest;
                tried++;
            }
        }
        System.out.printf("%d damaged images, longest %d ms: %s%n", tried, longest.toMillis(), ends);
        assertThat(longest).isLessThan(LONGEST);
        assertThat(ends).as("mutants get past the readers").containsKey("disk");
    }

    private void attempt(String name, byte[] mutant) throws IOException {
        try {
            ends.merge(DiskImageFuzzer.attempt(mutant), 1, Integer::sum);
        } catch (IOException | RuntimeException | Error e) {
            Path kept = Files.write(Path.of("target", "bad-image"), mutant);
            throw new AssertionError(name + ", kept as " + kept, e);
        }
    }
}

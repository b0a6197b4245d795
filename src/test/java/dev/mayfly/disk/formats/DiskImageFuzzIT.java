package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.MappedDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
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
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final DiskLimits LIMITS = new DiskLimits(64 << 20, 2_000);

    @TempDir
    static Path work;

    private static Map<String, byte[]> images;

    private final Map<String, Integer> ends = new TreeMap<>();

    @BeforeAll
    static void makeImages() throws IOException {
        images = SmallImages.make(work);
    }

    @Test
    void damagedImagesAreRefusedWithAReasonOrMakeADisk() throws IOException {
        int tried = 0;
        Duration longest = Duration.ZERO;
        for (Map.Entry<String, byte[]> image : images.entrySet()) {
            Random random = new Random(SEED);
            ImageMutator mutator = new ImageMutator(random);
            for (int i = 0; i < MUTANTS; i++) {
                byte[] mutant = mutator.mutate(image.getValue());
                long start = System.nanoTime();
                attempt(image.getKey(), i, mutant);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest = took.compareTo(longest) > 0 ? took : longest;
                tried++;
            }
        }
        System.out.printf("%d damaged images, longest %d ms: %s%n", tried, longest.toMillis(), ends);
        assertThat(longest).isLessThan(LONGEST);
        assertThat(ends).as("mutants get past the readers").containsKey("disk");
    }

    private void attempt(String name, int number, byte[] mutant) throws IOException {
        Path image = Files.write(work.resolve("mutant"), mutant);
        Path disk = work.resolve("disk");
        try {
            ends.merge(lay(image, disk), 1, Integer::sum);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            Path kept = Files.copy(
                    image, Path.of("target", "bad-image-" + number), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            throw new AssertionError(name + ", mutant " + number + ", kept as " + kept, e);
        }
    }

    private static String lay(Path image, Path disk) throws IOException {
        try (FileChannel target = FileChannel.open(
                disk, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            new DiskImporter(LIMITS).lay(image, target);
        } catch (DiskImageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return e.reason().toString();
        }
        Description.check(MappedDisk.open(disk));
        Files.delete(disk);
        return "disk";
    }
}

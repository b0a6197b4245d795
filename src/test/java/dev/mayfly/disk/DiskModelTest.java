package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disk.layout.TestDisks;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to files on a disk must come out as if the files had been put there by hand: random operations on
 * both, with paths that climb, loop and lead out, compared after each. What is neither open nor changed is forgotten at
 * once, so that nothing depends on its being remembered.
 */
@SuppressWarnings("NullAway.Init")
class DiskModelTest {

    private static final int RUNS = Integer.getInteger("mayfly.disks.runs", 300);
    private static final int STEPS = 150;
    private static final FileLimits LIMITS = new FileLimits(1L << 40, 1_000_000);

    @TempDir
    Path work;

    @Test
    void changesToADiskAreThoseToFilesInMemory() throws Exception {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), ModelDisk::fill);
        long operations = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            RandomOperations onDisk = new RandomOperations(
                    new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, new Layers(disk, List.of()), 0));
            RandomOperations inMemory =
                    new RandomOperations(new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, Layers.NONE));
            fill(inMemory);
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                long choice = random.nextLong();
                String expected = inMemory.perform(new Random(choice));
                assertThat(onDisk.perform(new Random(choice)))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected);
                operations++;
            }
            assertThat(onDisk.tree()).as("seed %d", seed).isEqualTo(inMemory.tree());
        }
        System.out.printf("%d operations on disks and in memory agree%n", operations);
    }

    static void fill(RandomOperations side) throws FileException {
        FileSystem files = side.files;
        Directory root = files.root();
        files.createDirectory(root, "a");
        files.createDirectory(root, "a/b");
        files.createDirectory(root, "c");
        side.write("a/f", "contents".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        files.link(root, "a/f", false, root, "a/b/f");
        side.write("e", ModelDisk.large());
        files.createLink("a/b", root, "d");
        files.createLink("../..", root, "a/b/e");
        files.createLink("/c", root, "a/d");
        files.createLink("e", root, "a/e");
    }
}

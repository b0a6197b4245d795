package dev.mayfly.disk.formats;

import dev.mayfly.testsupport.ByteEdits;
import dev.mayfly.testsupport.GuidedFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link DiskImageFuzzer} guided by the coverage of the readers and the libraries that they use. The image that fails is
 * left in {@code target/fuzz}, as {@code bad-image-*}.
 */
@SuppressWarnings("NullAway.Init")
class GuidedDiskImageFuzzIT {

    private static final int EDITS = 3;

    @TempDir
    Path work;

    @Test
    void noImageBreaksWhatTheReadersPromise() throws Exception {
        new GuidedFuzzer(
                        DiskImageFuzzer.class,
                        List.of(
                                "dev.mayfly.disk.**",
                                "org.apache.commons.compress.archivers.tar.**",
                                "org.apache.commons.compress.compressors.lz4.**",
                                "org.tukaani.xz.**"),
                        List.of(DiskImageFuzzer.class.getName() + "**", Description.class.getName() + "**"),
                        16_384)
                .run(seeds());
    }

    /** Each image as it is, and with a few changes at random; and those that are small, to be changed by the fuzzer itself. */
    private Path seeds() throws IOException {
        Path seeds = Files.createDirectory(work.resolve("seeds"));
        Files.createDirectories(DiskImageFuzzer.IMAGES);
        Random random = new Random(1);
        int number = 0;
        for (Map.Entry<String, byte[]> image : SmallImages.make(work).entrySet()) {
            Files.write(DiskImageFuzzer.IMAGES.resolve(image.getKey()), image.getValue());
            for (int edits = 0; edits < EDITS; edits++) {
                byte[] program = new byte[1 + edits * ByteEdits.BYTES];
                random.nextBytes(program);
                program[0] = (byte) number;
                Files.write(seeds.resolve(number + "-" + edits), program);
            }
            whole(seeds.resolve("whole-" + number), image.getValue());
            number++;
        }
        return seeds;
    }

    private static void whole(Path seed, byte[] image) throws IOException {
        byte[] input = new byte[image.length + 1];
        input[0] = DiskImageFuzzer.WHOLE;
        System.arraycopy(image, 0, input, 1, image.length);
        if (image.length < 32_768) {
            Files.write(seed, input);
        }
    }
}

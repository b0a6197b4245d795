package dev.mayfly.disk.zstd;

import dev.mayfly.testsupport.GuidedFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link ZstdFuzzer} guided by the coverage of our decoder. Data that fails belongs into {@code src/test/resources/fuzz/zstd}. */
@SuppressWarnings("NullAway.Init")
class ZstdFuzzIT {

    @TempDir
    Path seeds;

    @Test
    void whatIsUnpackedIsWhatTheReferenceUnpacks() throws Exception {
        new GuidedFuzzer(
                        ZstdFuzzer.class,
                        List.of("dev.mayfly.disk.zstd.**"),
                        List.of(ZstdFuzzer.class.getName()),
                        4_096)
                .run(makeSeeds());
    }

    private Path makeSeeds() throws IOException {
        for (int level : new int[] {-5, 1, 3, 9, 19}) {
            for (int length : new int[] {0, 10, 300, 3_000, 9_000}) {
                byte[] bytes = Samples.mixed(length, length);
                Files.write(seeds.resolve(level + "-" + length), Samples.pack(bytes, level, 0, false));
                Files.write(seeds.resolve(level + "-" + length + "-sum"), Samples.pack(bytes, level, 0, true));
            }
        }
        return seeds;
    }
}

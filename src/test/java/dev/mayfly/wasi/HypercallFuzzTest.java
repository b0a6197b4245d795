package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The programs of {@link HypercallFuzzer} that are kept, and random ones, in this process. */
class HypercallFuzzTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz/hypercalls");

    @Test
    void programsThatOnceFailedPass() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            List<Path> programs = files.toList();
            assertThat(programs).isNotEmpty();
            for (Path program : programs) {
                HypercallFuzzer.fuzzerTestOneInput(Files.readAllBytes(program));
            }
        }
    }

    @Test
    void randomProgramsPass() {
        Random random = new Random(11);
        long calls = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] program = new byte[random.nextInt(600)];
            random.nextBytes(program);
            try {
                calls += HypercallFuzzer.run(program);
            } catch (RuntimeException | AssertionError e) {
                fail(HexFormat.of().formatHex(program), e);
            }
        }
        assertThat(calls).isGreaterThan(20_000);
    }
}

package dev.mayfly.wasi;

import dev.mayfly.testsupport.GuidedFuzzer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@link HypercallFuzzer} guided by the coverage of packages {@code wasi} and {@code disk}. A program that fails belongs
 * into {@code src/test/resources/fuzz/hypercalls}.
 */
class HypercallFuzzIT {

    @Test
    void noProgramBreaksWhatTheHostPromises() throws Exception {
        List<String> excluded = List.of(
                HypercallFuzzer.class.getName(), FakeGuest.class.getName() + "**", Ranges.class.getName() + "**");
        new GuidedFuzzer(HypercallFuzzer.class, List.of("dev.mayfly.wasi.**", "dev.mayfly.disk.**"), excluded, 2048)
                .run(Path.of("src/test/resources/fuzz/hypercalls"));
    }
}

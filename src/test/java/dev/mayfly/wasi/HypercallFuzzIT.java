package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@link HypercallFuzzer} guided by the coverage of packages {@code wasi} and {@code disk}, in a process of its own, for
 * {@code -Dmayfly.fuzz.seconds}. A program that fails is left in {@code target/fuzz} and belongs into {@code
 * src/test/resources/fuzz/hypercalls}; what is new to the coverage stays in {@code target/fuzz/corpus} for the next run.
 */
class HypercallFuzzIT {

    private static final long SECONDS = Long.getLong("mayfly.fuzz.seconds", 5);

    /** For the start of the process and the programs that are kept, on a busy machine. */
    private static final long GRACE_SECONDS = 120;

    private static final Path SEEDS = Path.of("src/test/resources/fuzz/hypercalls");
    private static final Path FUZZ = Path.of("target/fuzz");
    private static final Path FOUND = FUZZ.resolve("corpus");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    private static final int SHOWN_CHARS = 6_000;

    @Test
    void noProgramBreaksWhatTheHostPromises() throws Exception {
        Files.createDirectories(FOUND);
        Path log = FUZZ.resolve("hypercalls.log");
        Process fuzzer = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = fuzzer.waitFor(SECONDS + GRACE_SECONDS, TimeUnit.SECONDS);
            assumeTrue(ended, "The machine is too busy to fuzz; no program failed.");
        } finally {
            fuzzer.destroyForcibly().waitFor();
        }
        String output = Files.readString(log);
        String end = output.substring(Math.max(0, output.length() - SHOWN_CHARS));
        assertThat(fuzzer.exitValue()).as(end).isZero();
        assertThat(programsIn(output)).as(end).isGreaterThan(seeds());
    }

    /** A program that takes longer than {@code -timeout} fails, as one does that breaks a promise. */
    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + HypercallFuzzer.class.getName(),
                "--instrumentation_includes=dev.mayfly.wasi.**:dev.mayfly.disk.**",
                "--instrumentation_excludes=" + HypercallFuzzer.class.getName() + ":" + FakeGuest.class.getName()
                        + "**:" + Ranges.class.getName() + "**",
                "--reproducer_path=" + FUZZ,
                "-artifact_prefix=" + FUZZ + "/",
                "-max_len=2048",
                "-timeout=60",
                // The heap has a bound of its own, and what Linux tells includes the process that started this one.
                "-rss_limit_mb=0",
                "-max_total_time=" + SECONDS,
                FOUND.toString(),
                SEEDS.toString());
    }

    private static long programsIn(String output) {
        Matcher done = DONE.matcher(output);
        return done.find() ? Long.parseLong(done.group(1)) : 0;
    }

    private static long seeds() throws IOException {
        try (var files = Files.list(SEEDS)) {
            return files.count();
        }
    }
}

package dev.mayfly.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A target of Jazzer in a process of its own, guided by coverage, for {@code -Dmayfly.fuzz.seconds}. An input that fails is
 * left in {@code target/fuzz}; what is new to the coverage stays below it for the next run.
 *
 * @param target has {@code fuzzerTestOneInput(byte[])}
 * @param instrumented packages whose coverage guides it, as patterns of Jazzer's
 * @param excluded classes whose coverage does not
 * @param maxBytes of an input
 */
public record GuidedFuzzer(Class<?> target, List<String> instrumented, List<String> excluded, int maxBytes) {

    private static final long SECONDS = Long.getLong("mayfly.fuzz.seconds", 5);

    /** For the start of the process and the inputs that are kept, on a busy machine. */
    private static final long GRACE_SECONDS = 120;

    private static final Path FUZZ = Path.of("target/fuzz");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    private static final int SHOWN_CHARS = 6_000;

    /** Runs it on the seeds and what it makes of them, and requires that no input fails. */
    public void run(Path seeds) throws IOException, InterruptedException {
        Path found = Files.createDirectories(FUZZ.resolve("corpus").resolve(target.getSimpleName()));
        Path log = FUZZ.resolve(target.getSimpleName() + ".log");
        Process fuzzer = new ProcessBuilder(command(found, seeds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = fuzzer.waitFor(SECONDS + GRACE_SECONDS, TimeUnit.SECONDS);
            assumeTrue(ended, "The machine is too busy to fuzz; no input failed.");
        } finally {
            fuzzer.destroyForcibly().waitFor();
        }
        String output = Files.readString(log);
        String end = output.substring(Math.max(0, output.length() - SHOWN_CHARS));
        assertThat(fuzzer.exitValue()).as(end).isZero();
        assertThat(runsIn(output)).as(end).isGreaterThan(filesIn(seeds));
    }

    /** An input that takes longer than {@code -timeout} fails, as one does that breaks a promise. */
    private List<String> command(Path found, Path seeds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // An input that needs more fails.
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + String.join(":", instrumented)));
        if (!excluded.isEmpty()) {
            command.add("--instrumentation_excludes=" + String.join(":", excluded));
        }
        command.addAll(List.of(
                "--reproducer_path=" + FUZZ,
                "-artifact_prefix=" + FUZZ + "/" + target.getSimpleName() + "-",
                "-max_len=" + maxBytes,
                "-timeout=60",
                // The heap has a bound of its own, and what Linux tells includes the process that started this one.
                "-rss_limit_mb=0",
                "-max_total_time=" + SECONDS,
                found.toString(),
                seeds.toString()));
        return command;
    }

    private static long runsIn(String output) {
        Matcher done = DONE.matcher(output);
        return done.find() ? Long.parseLong(done.group(1)) : 0;
    }

    private static long filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}

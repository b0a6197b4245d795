package dev.mayfly.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill, shortened to what can be had in a minute and a half; at length by {@code src/test/load/drill.sh}. */
class ClusterDrillIT {

    private static final Duration GONE = Duration.ofSeconds(4);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @Test
    void losesNothingWhenProcessesAreKilled(@TempDir Path directory) throws IOException, SQLException {
        // Quick to start, which is most of the time that this takes.
        List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        try (Receiver receiver = new Receiver()) {
            drill(receiver, directory, options);
        }
    }

    private static void drill(Receiver receiver, Path directory, List<String> options)
            throws IOException, SQLException {
        ClusterPlan shape = new ClusterPlan(
                Launcher.classes(options), directory, 2, 2, "wasmtime", 8, false, receiver.properties(), Map.of());
        DrillPlan plan = new DrillPlan(
                shape, 30, QUIET, QUIET, QUIET, List.of(new KilledWorker(GONE), new KilledControlPlane(GONE)));
        try (Cluster cluster = Cluster.start(shape)) {
            Verdict verdict = new Drill(plan, cluster, receiver).run();
            assertThat(verdict.violations()).as(new Report(verdict).text()).isEmpty();
            assertThat(verdict.account().ends()).isNotEmpty();
        }
    }
}

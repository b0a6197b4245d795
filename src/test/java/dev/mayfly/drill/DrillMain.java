package dev.mayfly.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/**
 * The drill at length: {@code src/test/load/drill.sh}. Ends with status 0 if everything is as promised.
 *
 * <p>System properties: {@code mayfly.drill.jar} to start, {@code mayfly.drill.rate} requests a second, {@code
 * mayfly.drill.quiet} seconds before and after each fault, {@code mayfly.drill.engine}, {@code mayfly.drill.only} for
 * {@code faults} or {@code throughput}.
 */
final class DrillMain {

    private static final Path DIRECTORY = Path.of("target", "drill").toAbsolutePath();
    private static final Duration DETECTION = Duration.ofSeconds(5);

    private DrillMain() {}

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        // The libraries', which would bury what the drill says.
        LoggingSystem.get(DrillMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        String only = System.getProperty("mayfly.drill.only", "");
        StringBuilder report = new StringBuilder();
        boolean good = true;
        if (!only.equals("throughput")) {
            good = drill(report);
        }
        if (!only.equals("faults")) {
            throughput(report);
        }
        Path file = Files.writeString(DIRECTORY.resolve("report.md"), report);
        System.out.println(report);
        System.out.println("Logs and this report are in " + file.getParent());
        System.exit(good ? 0 : 1);
    }

    private static boolean drill(StringBuilder report) throws IOException, SQLException, InterruptedException {
        try (Receiver receiver = new Receiver()) {
            return drill(receiver, report);
        }
    }

    private static boolean drill(Receiver receiver, StringBuilder report)
            throws IOException, SQLException, InterruptedException {
        Duration quiet = Duration.ofSeconds(Long.getLong("mayfly.drill.quiet", 15));
        ClusterPlan shape = shape("faults", 8, true, receiver.properties());
        DrillPlan plan = new DrillPlan(shape, rate(), quiet.multipliedBy(2), quiet, quiet, faults());
        try (Cluster cluster = Cluster.start(shape);
                Dashboards dashboards = Dashboards.watch(cluster)) {
            Drill drill = new Drill(plan, cluster, receiver);
            Verdict verdict = drill.run();
            report.append("## Faults\n\n").append(new Report(verdict).text()).append('\n');
            drill.skipped().forEach(skipped -> report.append("\nSkipped: ").append(skipped));
            Dashboards.Outcome queries = dashboards.evaluate();
            report.append("\n## Dashboards\n\n").append(queries.text()).append('\n');
            return verdict.violations().isEmpty() && queries.good();
        }
    }

    private static List<Fault> faults() {
        return List.of(
                new KilledWorker(Duration.ofSeconds(10)),
                new KilledControlPlane(Duration.ofSeconds(10)),
                new StoppedDatabase(Duration.ofSeconds(20)),
                new PausedWorker(Duration.ofSeconds(10), DETECTION),
                new FullDisk(Duration.ofSeconds(10)),
                new RollingRestart());
    }

    private static void throughput(StringBuilder report) throws IOException {
        try (Cluster cluster = Cluster.start(shape("throughput", 4, false, Map.of()))) {
            Throughput throughput = new Throughput(cluster, Duration.ofMillis(100), Duration.ofSeconds(15));
            report.append("\n## Throughput\n\n").append(throughput.text(throughput.measure()));
            throughput.restore();
            Fairness fairness = new Fairness(cluster, Duration.ofMillis(100), Duration.ofSeconds(30));
            report.append("\n## Fairness\n\n").append(fairness.text(fairness.measure()));
        }
    }

    private static ClusterPlan shape(String name, int slots, boolean smallDisks, Map<String, String> controlPlanes) {
        List<String> options = List.of("-Xmx384m", "-XX:+UseSerialGC");
        String jar = System.getProperty("mayfly.drill.jar", "");
        Launcher launcher = jar.isEmpty() ? Launcher.classes(options) : Launcher.jar(Path.of(jar), options);
        String engine = System.getProperty("mayfly.drill.engine", "wasmtime");
        return new ClusterPlan(
                launcher, DIRECTORY.resolve(name), 2, 3, engine, slots, smallDisks, controlPlanes, Map.of());
    }

    private static double rate() {
        return Double.parseDouble(System.getProperty("mayfly.drill.rate", "60"));
    }
}

package dev.mayfly.drill;

import dev.mayfly.deployment.DashboardQueries;
import dev.mayfly.deployment.PrometheusServer;
import dev.mayfly.deployment.QueryAnswer;
import dev.mayfly.testsupport.Monitoring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether each panel of the shipped dashboards has something to show, if there is a Prometheus here to ask. */
final class Dashboards implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final @Nullable Prometheus prometheus;
    private final Instant from = Instant.now();

    private Dashboards(@Nullable Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * Scrapes a cluster from now on, and a process beside it that runs the samples in micro-VMs where there is a hypervisor:
     * the cluster is drilled with the engine that runs everywhere.
     */
    static Dashboards watch(Cluster cluster) throws IOException {
        Optional<Path> binary = Monitoring.prometheus();
        if (binary.isEmpty()) {
            return new Dashboards(null);
        }
        Node single = cluster.single();
        single.start();
        single.awaitReady(START);
        Prometheus prometheus = Prometheus.start(binary.get(), cluster, single);
        cluster.front().send(single, "POST", "/v1/functions/hello/invocations", Map.of(), new byte[0]);
        return new Dashboards(prometheus);
    }

    /**
     * What the queries were answered.
     *
     * @param queries how many were asked
     * @param empty those with nothing to show
     */
    record Outcome(int queries, List<QueryAnswer> empty) {

        /** Whether each had something to show. */
        boolean good() {
            return empty.isEmpty();
        }

        String text() {
            if (queries == 0) {
                return "Skipped: Prometheus is not installed (on Debian: apt-get install prometheus)";
            }
            return queries + " queries, " + empty.size() + " of them empty\n"
                    + empty.stream().map(Outcome::text).collect(Collectors.joining("\n"));
        }

        private static String text(QueryAnswer answer) {
            return "- %s, %s: `%s` %s"
                    .formatted(
                            answer.query().dashboard(),
                            answer.query().panel(),
                            answer.query().expr(),
                            answer.error());
        }
    }

    /** Asks everything, over the time since the beginning. */
    Outcome evaluate() throws IOException, InterruptedException {
        if (prometheus == null) {
            return new Outcome(0, List.of());
        }
        List<QueryAnswer> answers = new PrometheusServer(prometheus.uri(), Prometheus.INTERVAL)
                .evaluate(DashboardQueries.all(), from, Instant.now());
        return new Outcome(
                answers.size(), answers.stream().filter(QueryAnswer::empty).toList());
    }

    @Override
    public void close() {
        if (prometheus != null) {
            prometheus.close();
        }
    }
}

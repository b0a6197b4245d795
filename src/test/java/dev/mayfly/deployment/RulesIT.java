package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.testsupport.Monitoring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus's own tool on what ships for Prometheus. */
class RulesIT {

    private static Optional<Path> prometheus = Optional.empty();

    @BeforeAll
    static void find() throws IOException {
        prometheus = Monitoring.prometheus();
    }

    @Test
    void rulesAreRules() throws Exception {
        assertThat(promtool("check", "rules", DashboardQueries.RULES.toString()))
                .contains("SUCCESS: 18 rules found");
    }

    @Test
    void alertsAreRaisedWhenTheyShouldBe() throws Exception {
        assertThat(promtool("test", "rules", "src/test/prometheus/alerts.yaml")).contains("SUCCESS");
    }

    private static String promtool(String... arguments) throws Exception {
        assumeTrue(prometheus.isPresent(), "Prometheus is not installed: apt-get install prometheus");
        String tool = prometheus.orElseThrow().resolveSibling("promtool").toString();
        List<String> command =
                Stream.concat(Stream.of(tool), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

package dev.mayfly.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every query of the dashboards and rules that ship with Mayfly. */
public final class DashboardQueries {

    static final Path DASHBOARDS = Path.of("helm/mayfly/dashboards");
    static final Path RULES = Path.of("helm/mayfly/rules/mayfly.yaml");

    private DashboardQueries() {}

    /** All queries of all panels. Each has something to show when every subsystem has worked for a while. */
    public static List<DashboardQuery> all() {
        return dashboards().flatMap(DashboardQueries::queriesOf).toList();
    }

    /** All rules: recordings, and alerts, which have a result only while something is wrong. */
    public static List<DashboardQuery> rules() {
        return YamlFile.read(RULES)
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream().map(rule -> queryOf(group, rule)))
                .toList();
    }

    private static DashboardQuery queryOf(JsonNode group, JsonNode rule) {
        String name = rule.path(rule.has("alert") ? "alert" : "record").asString();
        return new DashboardQuery(
                group.path("name").asString(), name, rule.path("expr").asString());
    }

    /** The dashboards, parsed, in the order of their file names. */
    static Stream<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            JsonMapper mapper = JsonMapper.shared();
            return files.sorted().map(mapper::readTree).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The panels of a dashboard, those in collapsed rows too. */
    static Stream<JsonNode> panelsOf(JsonNode dashboardOrRow) {
        return dashboardOrRow
                .path("panels")
                .valueStream()
                .flatMap(panel -> Stream.concat(Stream.of(panel), panelsOf(panel)));
    }

    private static Stream<DashboardQuery> queriesOf(JsonNode dashboard) {
        String title = dashboard.path("title").asString();
        return panelsOf(dashboard).flatMap(panel -> panel.path("targets")
                .valueStream()
                .map(target -> new DashboardQuery(
                        title,
                        panel.path("title").asString(),
                        target.path("expr").asString())));
    }
}

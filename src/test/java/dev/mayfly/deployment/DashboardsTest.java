package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardsTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w+}?");
    private static final Pattern METRIC = Pattern.compile("mayfly_[a-z_]+");

    @Test
    void everyMetricOfOursIsDocumented() throws IOException {
        Set<String> documented = documentedMetrics();
        Set<String> used = Stream.concat(DashboardQueries.all().stream(), DashboardQueries.rules().stream())
                .flatMap(query -> MetricNames.in(query.expr()).stream())
                .filter(name -> name.startsWith("mayfly_"))
                .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(used);
    }

    @Test
    void rulesReferOnlyToRecordingsThatThereAre() {
        List<DashboardQuery> rules = DashboardQueries.rules();
        Set<String> recorded = rules.stream().map(DashboardQuery::panel).collect(Collectors.toSet());
        assertThat(rules)
                .flatExtracting(rule -> MetricNames.in(rule.expr()))
                .filteredOn(name -> name.contains(":"))
                .isNotEmpty()
                .isSubsetOf(recorded);
    }

    @Test
    void queriesUseNoVariableThatTheEvaluationDoesNotKnow() {
        assertThat(DashboardQueries.all())
                .flatExtracting(query -> VARIABLE.matcher(query.expr())
                        .results()
                        .map(found -> found.group())
                        .toList())
                .containsOnly("$__rate_interval", "$instance");
    }

    @Test
    void dashboardsHaveIdentitiesOfTheirOwn() {
        List<JsonNode> dashboards = DashboardQueries.dashboards().toList();
        assertThat(dashboards)
                .hasSize(4)
                .extracting(d -> d.path("uid").asString())
                .doesNotHaveDuplicates();
        assertThat(dashboards).extracting(d -> d.path("title").asString()).doesNotHaveDuplicates();
        for (JsonNode dashboard : dashboards) {
            assertThat(DashboardQueries.panelsOf(dashboard))
                    .extracting(p -> p.path("id").asInt())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheChosenDataSource() {
        for (JsonNode panel : panels()) {
            String title = panel.path("title").asString();
            assertThat(panel.path("description").asString()).as(title).isNotBlank();
            assertThat(panel.path("targets").isEmpty()).as(title).isFalse();
            for (JsonNode asking : Stream.concat(
                            Stream.of(panel), panel.path("targets").valueStream())
                    .toList()) {
                assertThat(asking.path("datasource").path("uid").asString())
                        .as(title)
                        .isEqualTo("${datasource}");
            }
        }
    }

    @Test
    void panelsDoNotLieOnOneAnother() {
        for (JsonNode dashboard : DashboardQueries.dashboards().toList()) {
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : DashboardQueries.panelsOf(dashboard).toList()) {
                JsonNode grid = panel.path("gridPos");
                assertThat(grid.path("x").asInt() + grid.path("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = 0; x < grid.path("w").asInt(); x++) {
                    for (int y = 0; y < grid.path("h").asInt(); y++) {
                        assertThat(taken.add((grid.path("x").asInt() + x) + ","
                                        + (grid.path("y").asInt() + y)))
                                .as(panel.path("title").asString())
                                .isTrue();
                    }
                }
            }
        }
    }

    private static List<JsonNode> panels() {
        return DashboardQueries.dashboards()
                .flatMap(DashboardQueries::panelsOf)
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    private static Set<String> documentedMetrics() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            for (Path page : pages.toList()) {
                METRIC.matcher(Files.readString(page)).results().forEach(found -> names.add(found.group()));
            }
        }
        return names;
    }
}

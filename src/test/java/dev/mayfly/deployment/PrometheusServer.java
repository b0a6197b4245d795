package dev.mayfly.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evaluates dashboards' queries as Grafana does: over a stretch of time, with its variables filled in.
 *
 * <pre>{@code
 * var prometheus = new PrometheusServer(URI.create("http://127.0.0.1:9090"), Duration.ofSeconds(1));
 * List<QueryAnswer> empty = prometheus.empty(DashboardQueries.all(), started, Instant.now());
 * }</pre>
 */
public final class PrometheusServer {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final Duration scrapeInterval;

    /**
     * A server to ask.
     *
     * @param base without a path, such as {@code http://127.0.0.1:9090}
     * @param scrapeInterval how often it scrapes; the queries' rates are taken over four times that, as by Grafana
     */
    public PrometheusServer(URI base, Duration scrapeInterval) {
        this.base = base;
        this.scrapeInterval = scrapeInterval;
    }

    /** Those of the queries that have nothing to show between two moments, or that Prometheus refuses. */
    public List<QueryAnswer> empty(List<DashboardQuery> queries, Instant from, Instant to)
            throws IOException, InterruptedException {
        return evaluate(queries, from, to).stream().filter(QueryAnswer::empty).toList();
    }

    /** What Prometheus says to each query. */
    public List<QueryAnswer> evaluate(List<DashboardQuery> queries, Instant from, Instant to)
            throws IOException, InterruptedException {
        var answers = new ArrayList<QueryAnswer>();
        for (DashboardQuery query : queries) {
            answers.add(evaluate(query, from, to));
        }
        return List.copyOf(answers);
    }

    private QueryAnswer evaluate(DashboardQuery query, Instant from, Instant to)
            throws IOException, InterruptedException {
        JsonNode answer = ask(Map.of(
                "query", filledIn(query.expr()),
                "start", from.toString(),
                "end", to.toString(),
                "step", step(from, to).toMillis() + "ms"));
        return new QueryAnswer(
                query,
                answer.path("data").path("result").size(),
                answer.path("error").asString(""));
    }

    private JsonNode ask(Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v1/query_range"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        return JsonMapper.shared()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    /** Replaces the variables of our dashboards; another one would make Prometheus refuse the query. */
    private String filledIn(String expr) {
        return expr.replace("$__rate_interval", rateInterval().toMillis() + "ms")
                .replace("$instance", ".*");
    }

    private Duration rateInterval() {
        return scrapeInterval.multipliedBy(4);
    }

    private Duration step(Instant from, Instant to) {
        Duration forAThousandPoints = Duration.between(from, to).dividedBy(1000).plusSeconds(1);
        return forAThousandPoints.compareTo(scrapeInterval) > 0 ? forAThousandPoints : scrapeInterval;
    }
}

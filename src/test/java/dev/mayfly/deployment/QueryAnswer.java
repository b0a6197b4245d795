package dev.mayfly.deployment;

/**
 * What a Prometheus server says to a query.
 *
 * @param query as it stands in the dashboard
 * @param series that have at least one sample
 * @param error Prometheus's own words, or empty
 */
public record QueryAnswer(DashboardQuery query, int series, String error) {

    /** Whether Grafana would show "No data", or an error. */
    public boolean empty() {
        return series == 0;
    }
}

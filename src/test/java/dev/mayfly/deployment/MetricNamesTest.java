package dev.mayfly.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {

    @Test
    void functionsLabelsTextsAndKeywordsAreNoMetrics() {
        assertThat(MetricNames.in(
                        "histogram_quantile(0.99, sum by (le, uri) (rate(a_bucket{uri!~\"b.*\"}[$__rate_interval])))"))
                .containsExactly("a_bucket");
        assertThat(MetricNames.in("a > 0.9 and on (instance) b:c unless topk(10, d{e=\"f\\\"g\"} offset 5m)"))
                .containsExactly("a", "b:c", "d");
    }
}

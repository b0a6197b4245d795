package dev.mayfly.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a function that asks for a tenth of a cluster's capacity has to wait, alone, and beside another that asks for ten
 * times of it.
 */
final class Fairness {

    private static final String FLOODING = "drill-flooding";
    private static final String MODEST = "drill-modest";

    private final Client client;
    private final Duration waiting;
    private final Duration time;
    private final double capacity;

    /**
     * A measurement.
     *
     * @param waiting that each instance does
     * @param time of each of its two halves
     */
    Fairness(Cluster cluster, Duration waiting, Duration time) {
        this.client = new Client(cluster.front());
        this.waiting = waiting;
        this.time = time;
        this.capacity = cluster.plan().workers() * cluster.plan().slots() * 1000.0 / waiting.toMillis();
    }

    /**
     * What a function was answered.
     *
     * @param times of those that succeeded, sorted
     * @param statuses how often each
     */
    record Answers(List<Duration> times, Map<Integer, Long> statuses) {

        Duration quantile(double share) {
            return times.isEmpty() ? Duration.ZERO : times.get((int) ((times.size() - 1) * share));
        }
    }

    /**
     * Both halves.
     *
     * @param alone the modest function without the other
     * @param beside the modest function beside it
     * @param flood the other
     */
    record Comparison(Answers alone, Answers beside, Answers flood) {}

    Comparison measure() throws IOException {
        client.deploy(FLOODING, "{}", Guests.echo(waiting.toMillis()));
        client.deploy(MODEST, "{}", Guests.echo(waiting.toMillis()));
        run(MODEST, capacity / 10, time.dividedBy(2));
        Answers alone = run(MODEST, capacity / 10, time);
        Tally flood = new Tally(FLOODING);
        try (OpenLoop _ = new OpenLoop(capacity * 10, flood::request)) {
            Await.pass(time.dividedBy(4));
            Answers beside = run(MODEST, capacity / 10, time);
            return new Comparison(alone, beside, flood.answers());
        }
    }

    private Answers run(String function, double rate, Duration time) {
        Tally tally = new Tally(function);
        try (OpenLoop _ = new OpenLoop(rate, tally::request)) {
            Await.pass(time);
        }
        return tally.answers();
    }

    /** Counts the answers of one function. */
    private final class Tally {

        private final String function;
        private final Queue<Duration> times = new ConcurrentLinkedQueue<>();
        private final Map<Integer, Long> statuses = new ConcurrentHashMap<>();

        Tally(String function) {
            this.function = function;
        }

        void request(long number) {
            long began = System.nanoTime();
            int status = client.status(function);
            statuses.merge(status, 1L, Long::sum);
            if (status == 200) {
                times.add(Duration.ofNanos(System.nanoTime() - began));
            }
        }

        Answers answers() {
            return new Answers(times.stream().sorted().toList(), new TreeMap<>(statuses));
        }
    }

    /** The comparison for people, in Markdown. */
    String text(Comparison comparison) {
        List<String> rows = new ArrayList<>();
        rows.add("Capacity %.0f/s; modest %.1f/s, flooding %.0f/s, instances take %d ms"
                .formatted(capacity, capacity / 10, capacity * 10, waiting.toMillis()));
        rows.add("");
        rows.add("| function | p50 | p99 | most | answers by status |");
        rows.add("|---|---|---|---|---|");
        rows.add(row("modest, alone", comparison.alone()));
        rows.add(row("modest, beside the flood", comparison.beside()));
        rows.add(row("flooding", comparison.flood()));
        return String.join("\n", rows) + "\n";
    }

    private static String row(String name, Answers answers) {
        return String.format(
                Locale.ROOT,
                "| %s | %d ms | %d ms | %d ms | %s |",
                name,
                answers.quantile(0.5).toMillis(),
                answers.quantile(0.99).toMillis(),
                answers.quantile(1).toMillis(),
                answers.statuses());
    }
}

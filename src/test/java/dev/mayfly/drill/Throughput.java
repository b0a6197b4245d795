package dev.mayfly.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How many invocations a second a cluster does with one worker, with two, and so on. The function waits, so that slots
 * and not this machine's few processors are what there is too little of. Clients each send their next request when they
 * have the answer to the last, and there are twice as many as slots.
 */
final class Throughput {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration DRAIN = Duration.ofMinutes(1);
    private static final String FUNCTION = "drill-throughput";

    private final Cluster cluster;
    private final Client client;
    private final Duration waiting;
    private final Duration time;

    /**
     * A measurement.
     *
     * @param waiting that each instance does
     * @param time of each round
     */
    Throughput(Cluster cluster, Duration waiting, Duration time) {
        this.cluster = cluster;
        this.client = new Client(cluster.front());
        this.waiting = waiting;
        this.time = time;
    }

    /**
     * What a number of workers did.
     *
     * @param perSecond invocations that succeeded
     * @param failed invocations that did not
     * @param p50 half of the invocations took no longer
     * @param p99 99 of 100 took no longer
     */
    record Round(int workers, double perSecond, long failed, Duration p50, Duration p99) {}

    /** Measures with all workers, then with one less, down to one, which is all that is running afterwards. */
    List<Round> measure() throws IOException {
        client.deploy(FUNCTION, "{}", Guests.echo(waiting.toMillis()));
        List<Round> rounds = new ArrayList<>();
        run(cluster.workers().size(), time.multipliedBy(2)); // the JVMs' compilers get to know the path
        for (int workers = cluster.workers().size(); workers > 0; workers--) {
            run(workers, time.dividedBy(4));
            rounds.addFirst(run(workers, time));
            if (workers > 1) {
                cluster.workers().get(workers - 1).terminate(DRAIN);
            }
        }
        return rounds;
    }

    /** Starts all workers again. */
    void restore() {
        for (Node worker : cluster.workers()) {
            if (!worker.isAlive()) {
                worker.start();
                worker.awaitReady(START);
            }
        }
    }

    private Round run(int workers, Duration time) {
        var times = new ConcurrentLinkedQueue<Duration>();
        var failures = new ConcurrentLinkedQueue<Integer>();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2 * workers * cluster.plan().slots(); i++) {
                clients.execute(() -> {
                    while (System.nanoTime() - end < 0) {
                        invoke(times, failures);
                    }
                });
            }
        }
        List<Duration> sorted = times.stream().sorted().toList();
        return new Round(
                workers,
                sorted.size() / (time.toMillis() / 1000.0),
                failures.size(),
                quantile(sorted, 0.5),
                quantile(sorted, 0.99));
    }

    private void invoke(ConcurrentLinkedQueue<Duration> times, ConcurrentLinkedQueue<Integer> failures) {
        long began = System.nanoTime();
        int status = client.status(FUNCTION);
        if (status == 200) {
            times.add(Duration.ofNanos(System.nanoTime() - began));
        } else {
            failures.add(status);
            Await.pass(Duration.ofMillis(10));
        }
    }

    private static Duration quantile(List<Duration> sorted, double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) ((sorted.size() - 1) * share));
    }

    /** The rounds for people, in Markdown. */
    String text(List<Round> rounds) {
        StringBuilder text =
                new StringBuilder("| workers | slots | invocations/s | times one worker | of what the slots"
                        + " could do | p50 | p99 | failed |\n|---|---|---|---|---|---|---|---|\n");
        double one = rounds.getFirst().perSecond();
        for (Round round : rounds) {
            int slots = round.workers() * cluster.plan().slots();
            double ideal = slots * 1000.0 / waiting.toMillis();
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %d | %.0f | %.2f | %.0f %% | %d ms | %d ms | %d |%n",
                    round.workers(),
                    slots,
                    round.perSecond(),
                    round.perSecond() / one,
                    100 * round.perSecond() / ideal,
                    round.p50().toMillis(),
                    round.p99().toMillis(),
                    round.failed()));
        }
        return text.toString();
    }
}

package dev.mayfly.scheduling;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One function floods, with ten times as many requests at once as there are slots, another asks for a tenth of the capacity:
 * how long the second one's clients wait with the flood and without. The whole application, with real instances, over HTTP
 * on this machine. The capacity is measured first. Each client of the flood sends its next request when it has its answer;
 * those of the other function are sent at their times whether or not others were answered. Arguments: the seconds of
 * each phase, 30 by default, and the engine, {@code auto} by default.
 */
public final class FairnessBenchmark {

    private static final int ROUNDS = 2;

    /** Computes for some ten milliseconds and writes nothing. */
    private static final String COMPUTE = """
            (module
              (memory (export "memory") 1)
              (func (export "_start") (local i32)
                (loop $next
                  (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                  (i32.store (i32.const 0) (i32.mul (i32.load (i32.const 0)) (local.get 0)))
                  (br_if $next (i32.lt_u (local.get 0) (i32.const 8000000))))))
            """;

    private final Mayfly mayfly;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private FairnessBenchmark(Mayfly mayfly) {
        this.mayfly = mayfly;
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws IOException {
        Duration phase = Duration.ofSeconds(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30);
        String engine = arguments.length > 1 ? arguments[1] : "auto";
        Path directory = Files.createTempDirectory("fairness");
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, Map.of("mayfly.engine", engine))) {
            new FairnessBenchmark(mayfly).run(phase);
        }
    }

    private void run(Duration phase) {
        deploy("flood");
        deploy("modest");
        int slots = mayfly.bean(Scheduler.class).limits().slots();
        closedLoop(slots, Duration.ofSeconds(5)).join();
        Flow calibration = closedLoop(slots, Duration.ofSeconds(8));
        calibration.join();
        double capacity = calibration.count() / 8.0;
        System.out.printf("%d slots, capacity %.0f invocations per second%n", slots, capacity);
        System.out.println("| round | flood: at once | answered | waited p50 ms | modest: sent | answered"
                + " | waited p50 ms | p99 | longest | in all p50 ms | p99 | longest |");
        for (int round = 1; round <= ROUNDS; round++) {
            print(round, 0, new Flow("flood"), openLoop(capacity / 10, phase));
            Flow flood = closedLoop(10 * slots, phase.plusSeconds(2));
            pause(Duration.ofSeconds(2));
            Flow modest = openLoop(capacity / 10, phase);
            flood.join();
            print(round, 10 * slots, flood, modest);
        }
    }

    private static void print(int round, int atOnce, Flow flood, Flow modest) {
        System.out.printf(
                "| %d | %d | %d | %.1f | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                round,
                atOnce,
                flood.count(),
                percentile(flood.waits, 0.5),
                modest.sent.get(),
                modest.count(),
                percentile(modest.waits, 0.5),
                percentile(modest.waits, 0.99),
                percentile(modest.waits, 1),
                percentile(modest.times, 0.5),
                percentile(modest.times, 0.99),
                percentile(modest.times, 1));
    }

    private void deploy(String name) {
        Http http = new Http(mayfly);
        http.put("/v1/functions/" + name, "{}");
        Http.Answer answer = http.upload("/v1/functions/" + name + "/versions", Wat.toBinary(COMPUTE));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
    }

    /** So many requests at once, each followed by the next. */
    private Flow closedLoop(int atOnce, Duration duration) {
        Flow flow = new Flow("flood");
        long end = System.nanoTime() + duration.toNanos();
        for (int i = 0; i < atOnce; i++) {
            flow.threads.add(Thread.startVirtualThread(() -> {
                while (System.nanoTime() < end) {
                    send(flow, System.nanoTime()).join();
                }
            }));
        }
        return flow;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Flow openLoop(double perSecond, Duration duration) {
        Flow flow = new Flow("modest");
        flow.threads.add(Thread.ofPlatform().start(() -> sendInTime(flow, perSecond, duration)));
        flow.join();
        return flow;
    }

    private void sendInTime(Flow flow, double perSecond, Duration duration) {
        long begin = System.nanoTime();
        double interval = 1e9 / perSecond;
        for (long due = 0; due < duration.toNanos(); due = (long) (flow.sent.get() * interval)) {
            pause(Duration.ofNanos(begin + due - System.nanoTime()));
            flow.pending.add(send(flow, begin + due));
        }
    }

    private CompletableFuture<Void> send(Flow flow, long planned) {
        flow.sent.incrementAndGet();
        return client.sendAsync(request(flow.function), BodyHandlers.discarding())
                .thenAccept(response -> flow.answered(planned, response));
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private HttpRequest request(String function) {
        return HttpRequest.newBuilder(mayfly.uri("/v1/functions/" + function + "/invocations"))
                .POST(BodyPublishers.noBody())
                .build();
    }

    /** In milliseconds. */
    private static double percentile(Collection<Double> of, double part) {
        double[] sorted = of.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /** One function's requests. */
    private static final class Flow {

        private static final Pattern QUEUE = Pattern.compile("queue;dur=([0-9.]+)");

        final String function;
        final AtomicInteger sent = new AtomicInteger();
        final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        final Queue<CompletableFuture<Void>> pending = new ConcurrentLinkedQueue<>();
        /** For a slot, as the answer tells, in milliseconds. */
        final Queue<Double> waits = new ConcurrentLinkedQueue<>();
        /** From when the request was to be sent to its answer, in milliseconds. */
        final Queue<Double> times = new ConcurrentLinkedQueue<>();

        Flow(String function) {
            this.function = function;
        }

        void answered(long planned, HttpResponse<?> response) {
            if (response.statusCode() == 200) {
                times.add((System.nanoTime() - planned) / 1e6);
                Matcher queue = QUEUE.matcher(
                        response.headers().firstValue("Server-Timing").orElse(""));
                if (queue.find()) {
                    waits.add(Double.valueOf(queue.group(1)));
                }
            }
        }

        void join() {
            threads.forEach(FairnessBenchmark::join);
            pending.forEach(CompletableFuture::join);
        }

        int count() {
            return times.size();
        }
    }
}

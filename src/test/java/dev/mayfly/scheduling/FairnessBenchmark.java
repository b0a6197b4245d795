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
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * One function floods at ten times the capacity, another asks for a tenth of it: how long the second one's clients wait
 * with the flood and without. The whole application, with real instances, over HTTP on this machine. The capacity is
 * measured first. Requests are sent at their times whether or not others were answered. Arguments: the seconds of each
 * phase, 30 by default, and the engine, {@code auto} by default.
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
        closedLoop(Duration.ofSeconds(10));
        double capacity = closedLoop(Duration.ofSeconds(10));
        System.out.printf("capacity: %.0f invocations per second%n", capacity);
        System.out.println("| round | flood | sent | 200 | 429 | modest: sent | 200 | p50 ms | p99 ms | longest ms |");
        for (int round = 1; round <= ROUNDS; round++) {
            print(round, "none", new Flow("flood", 0), openLoop("modest", capacity / 10, phase));
            Flow flood = start("flood", capacity * 10, phase.plusSeconds(4));
            pause(Duration.ofSeconds(3));
            Flow modest = openLoop("modest", capacity / 10, phase);
            flood.join();
            print(round, "10 times the capacity", flood, modest);
        }
    }

    private static void print(int round, String what, Flow flood, Flow modest) {
        System.out.printf(
                "| %d | %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f |%n",
                round,
                what,
                flood.sent.get(),
                flood.count(200),
                flood.count(429),
                modest.sent.get(),
                modest.count(200),
                modest.percentile(0.5),
                modest.percentile(0.99),
                modest.percentile(1));
    }

    private void deploy(String name) {
        Http http = new Http(mayfly);
        http.put("/v1/functions/" + name, "{}");
        Http.Answer answer = http.upload("/v1/functions/" + name + "/versions", Wat.toBinary(COMPUTE));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.text());
        }
    }

    /** As many requests at once as there are slots, each followed by the next. */
    private double closedLoop(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        LongAdder done = new LongAdder();
        Thread[] clients = new Thread[mayfly.bean(Scheduler.class).limits().slots()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Thread.startVirtualThread(() -> {
                while (System.nanoTime() < end) {
                    client.sendAsync(request("flood"), BodyHandlers.discarding())
                            .join();
                    done.increment();
                }
            });
        }
        Arrays.stream(clients).forEach(FairnessBenchmark::join);
        return done.sum() / (double) duration.toSeconds();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Flow openLoop(String function, double perSecond, Duration duration) {
        Flow flow = start(function, perSecond, duration);
        flow.join();
        return flow;
    }

    private Flow start(String function, double perSecond, Duration duration) {
        Flow flow = new Flow(function, perSecond);
        flow.thread = Thread.ofPlatform().start(() -> send(flow, duration));
        return flow;
    }

    private void send(Flow flow, Duration duration) {
        long begin = System.nanoTime();
        double interval = 1e9 / flow.perSecond;
        for (long due = 0; due < duration.toNanos(); due = (long) (flow.sent.get() * interval)) {
            LockSupport.parkNanos(begin + due - System.nanoTime());
            if (System.nanoTime() - begin >= due) {
                flow.sent.incrementAndGet();
                long planned = begin + due;
                flow.pending.add(client.sendAsync(request(flow.function), BodyHandlers.discarding())
                        .handle((response, failure) -> flow.answered(planned, response)));
            }
        }
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

    /** One function's requests. */
    private static final class Flow {

        final String function;
        final double perSecond;
        final AtomicInteger sent = new AtomicInteger();
        final ConcurrentLinkedQueue<CompletableFuture<?>> pending = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
        Thread thread = new Thread();

        Flow(String function, double perSecond) {
            this.function = function;
            this.perSecond = perSecond;
        }

        /** Counts an answer, and from its planned time, what it took. */
        boolean answered(long planned, HttpResponse<?> response) {
            int status = response == null ? 0 : response.statusCode();
            answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
            return status == 200 && times.add(System.nanoTime() - planned);
        }

        void join() {
            FairnessBenchmark.join(thread);
            pending.forEach(CompletableFuture::join);
        }

        long count(int status) {
            LongAdder count = answers.get(status);
            return count == null ? 0 : count.sum();
        }

        /** In milliseconds. */
        double percentile(double part) {
            long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
        }
    }
}

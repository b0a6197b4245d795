package dev.mayfly.asynchronous.queue;

import com.zaxxer.hikari.HikariDataSource;
import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.invocations.records.InvocationIds;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/**
 * What the durable queue costs as functions and queued items grow: microseconds per submission, each in a transaction of
 * its own, and per item that is claimed, 32 at a time, and ended, on one connection; and how long the first item of a
 * function waits for its claim that comes to a queue full of another's. With a real PostgreSQL, which confirms a commit
 * when it is on the disk, and with H2 as it is configured. Run by {@code ./mvnw -Pbenchmark -DskipTests verify}.
 */
public final class QueueBenchmark {

    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 3_000;
    private static final int BATCH = 32;
    private static final String OWNER = "benchmark";
    private static final String NEW = "new";
    private static final InstantSource TIME = InstantSource.system();

    private static final AsynchronousProperties PROPERTIES = new AsynchronousProperties(
            BATCH,
            BATCH,
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofHours(1),
            Duration.ofSeconds(60),
            new AsynchronousProperties.Retention(Duration.ofDays(1), 10, Duration.ofDays(1), Duration.ofMinutes(1)));

    private record Size(int functions, int items) {}

    private static final List<Size> SIZES = List.of(
            new Size(10, 1_000),
            new Size(1_000, 10_000),
            new Size(10_000, 100_000),
            new Size(10, 1_000_000),
            new Size(10_000, 1_000_000));

    private final String name;
    private final String numbers;
    private final String uuid;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Claims claims;
    private final Endings endings;
    private final InvocationTable invocations;
    private final QueueTable queue;
    private final InvocationIds ids = new InvocationIds(TIME);

    private QueueBenchmark(String name, HikariDataSource database, String numbers, String uuid) {
        this.name = name;
        this.numbers = numbers;
        this.uuid = uuid;
        Flyway.configure().dataSource(database).load().migrate();
        JdbcTransactionManager manager = new JdbcTransactionManager(database);
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(manager);
        Lines lines = new Lines(jdbc, manager, TIME);
        claims = new Claims(jdbc, lines, TIME, PROPERTIES);
        Inputs inputs = new Inputs(jdbc);
        endings = new Endings(jdbc, inputs, TIME);
        invocations = new InvocationTable(jdbc, inputs);
        queue = new QueueTable(jdbc, lines);
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%-12s %10s %10s %12s %18s %16s%n",
                "", "functions", "queued", "enqueue µs", "claim+complete µs", "first of new ms");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .start();
                HikariDataSource database = pool(postgres.getJdbcUrl("postgres", "postgres"), "postgres")) {
            new QueueBenchmark("PostgreSQL", database, "generate_series(1, %d) as g(x)", "gen_random_uuid()").run();
        }
        Path directory = Files.createTempDirectory("queue-benchmark");
        String url = "jdbc:h2:file:" + directory.resolve("mayfly") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
        try (HikariDataSource database = pool(url, "mayfly")) {
            new QueueBenchmark("H2", database, "system_range(1, %d)", "random_uuid()").run();
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static HikariDataSource pool(String url, String user) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword("");
        return pool;
    }

    private void run() {
        for (Size size : SIZES) {
            fill(size);
            enqueue(size, WARM_UP);
            double enqueued = enqueue(size, MEASURED);
            complete(WARM_UP);
            double completed = complete(MEASURED);
            System.out.printf(
                    "%-12s %,10d %,10d %,12.0f %,18.0f %,16.1f%n",
                    name, size.functions(), size.items(), enqueued, completed, firstOfNew());
        }
    }

    /** Fills the queue with due items, evenly over the functions. */
    private void fill(Size size) {
        for (String table : List.of("async_queue", "async_invocation", "async_line")) {
            jdbc.update("truncate table " + table);
        }
        jdbc.update(
                "insert into async_line (function_name, awake, turn, wake_at, depth) select 'f' || (x - 1), true, 10000, ?, 0 from "
                        + numbers.formatted(size.functions()),
                Sql.NEVER);
        jdbc.update(
                "insert into async_queue (invocation_id, function_name, due_at, generation, attempts, cancelled) select "
                        + uuid + ", 'f' || mod(x, " + size.functions() + "), ?, 0, 0, false from "
                        + numbers.formatted(size.items()),
                Sql.time(TIME.instant()));
        jdbc.update("""
                insert into async_invocation (id, function_name, selector, arguments, input, input_bytes, source,
                    accepted_at, queued_at, state, attempts, output_truncated)
                select invocation_id, function_name, 'alias:live', '[]', null, 0, 'benchmark', due_at, due_at, 'queued', 0,
                    false
                from async_queue
                """);
        jdbc.update(
                "insert into async_line (function_name, awake, turn, wake_at, depth) values (?, false, 0, ?, 0)",
                NEW,
                Sql.NEVER);
        jdbc.execute("analyze");
    }

    private double enqueue(Size size, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            enqueue("f" + i % size.functions());
        }
        return micros(start, count);
    }

    private void enqueue(String function) {
        Instant now = TIME.instant();
        Submission submission = Submission.of(
                new FunctionName(function), VersionSelector.LIVE, ByteBuffer.wrap(new byte[100]), "benchmark");
        Accepted accepted = new Accepted(ids.next(), submission, now, now);
        transactions.executeWithoutResult(_ -> {
            invocations.insert(accepted);
            queue.add(accepted.id(), function, now);
        });
    }

    private double complete(int count) {
        long start = System.nanoTime();
        int done = 0;
        while (done < count) {
            done += complete(claim(BATCH));
        }
        return micros(start, done);
    }

    private List<Claim> claim(int room) {
        return transactions.execute(_ -> claims.claim(OWNER, room, Set.of(), _ -> room, _ -> 100));
    }

    private int complete(List<Claim> claimed) {
        List<Ending> ends = new ArrayList<>();
        for (Claim claim : claimed) {
            ends.add(new Ending.Ended(
                    claim, InvocationState.SUCCEEDED, Optional.empty(), Ending.Result.without("succeeded", null)));
        }
        transactions.executeWithoutResult(_ -> endings.write(OWNER, ends));
        return claimed.size();
    }

    /** From the submission of a function that nothing waited of before to its claim, among all that wait. */
    private double firstOfNew() {
        long start = System.nanoTime();
        enqueue(NEW);
        List<Claim> claimed = claim(BATCH);
        while (claimed.stream().noneMatch(claim -> claim.function().equals(NEW))) {
            complete(claimed);
            claimed = claim(BATCH);
        }
        double millis = micros(start, 1) / 1000;
        complete(claimed);
        return millis;
    }

    private static double micros(long start, int count) {
        return (System.nanoTime() - start) / 1000.0 / count;
    }
}

package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many invocations are in the queue, about. Each process counts what it adds and takes away, and adds that to the
 * lines once a second; what a process had not added when it died is missing, until the line sleeps and is counted. Exact
 * numbers would make every submission write to the same row, or read as many as there are.
 */
@Repository
public class Depths {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    /** Up to how many are counted. */
    public static final int COUNTED = 10_000;

    private static final String OLDEST = """
            select min(first_due) from (
                select (select min(q.due_at) from async_queue q where q.function_name = l.function_name) as first_due
                from (select function_name from async_line where awake = true order by awake, turn limit 1000) l) firsts
            """;

    private final JdbcTemplate jdbc;
    private final AsynchronousProperties properties;
    private final Map<String, Long> changes = new ConcurrentHashMap<>();
    private volatile Map<String, Long> stored = Map.of();
    private volatile long total;

    Depths(JdbcTemplate jdbc, AsynchronousProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Notes that something came or went. */
    public void add(String function, int change) {
        changes.merge(function, (long) change, Long::sum);
    }

    /** How many are in the queue. */
    public long total() {
        return Math.max(
                0, total + changes.values().stream().mapToLong(Long::longValue).sum());
    }

    /** How many of a function are in the queue. */
    public long of(String function) {
        return Math.max(0, stored.getOrDefault(function, 0L) + changes.getOrDefault(function, 0L));
    }

    /**
     * Lets one more in.
     *
     * @throws ProblemException if there are too many
     */
    void admit(String function) {
        if (of(function) >= properties.maxQueuedPerFunction()) {
            throw full("mayfly.async.max-queued-per-function");
        }
        if (total() >= properties.maxQueued()) {
            throw full("mayfly.async.max-queued");
        }
    }

    private static ProblemException full(String limit) {
        ProblemDetail problem = ProblemType.OVER_CAPACITY.with("Too many asynchronous invocations are queued.");
        problem.setProperty("limit", limit);
        return new ProblemException(problem, RETRY_AFTER);
    }

    /** Adds this process's changes to the lines, and sees those of others. */
    @Transactional
    public void exchange() {
        Map<String, Long> taken = new TreeMap<>();
        for (String function : Set.copyOf(changes.keySet())) {
            Long change = changes.remove(function);
            if (change != null && change != 0) {
                taken.put(function, change);
            }
        }
        try {
            store(taken);
            refresh();
        } catch (RuntimeException e) {
            taken.forEach((function, change) -> changes.merge(function, change, Long::sum));
            throw e;
        }
    }

    private void store(Map<String, Long> taken) {
        if (!taken.isEmpty()) {
            List<Object[]> rows = taken.entrySet().stream()
                    .map(change -> new Object[] {change.getValue(), change.getKey()})
                    .toList();
            jdbc.batchUpdate("update async_line set depth = greatest(0, depth + ?) where function_name = ?", rows);
        }
    }

    private void refresh() {
        Map<String, Long> read = new HashMap<>();
        jdbc.query("select function_name, depth from async_line where depth > 0", row -> {
            read.put(row.getString(1), row.getLong(2));
        });
        stored = read;
        total = read.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts what is in sleeping lines that are said to hold something. */
    @Transactional
    public void recount() {
        List<String> sleeping = jdbc.query("""
                select function_name from async_line where awake = false and depth > 0 limit 1000
                for update skip locked
                """, Sql.TEXT);
        for (String function : sleeping) {
            jdbc.update("update async_line set depth = ? where function_name = ?", count(function), function);
        }
    }

    /** Counts a function's invocations in the queue, up to {@value #COUNTED}. */
    public long count(String function) {
        Long count = jdbc.queryForObject(
                "select count(*) from (select 1 as one from async_queue where function_name = ? limit " + COUNTED
                        + ") counted",
                Long.class,
                function);
        return count == null ? 0 : count;
    }

    /** When the item fell due that has been due for longest; of the lines that are served next, if there are very many. */
    public Optional<Instant> oldest() {
        OffsetDateTime oldest = jdbc.queryForObject(OLDEST, OffsetDateTime.class);
        return Optional.ofNullable(oldest).map(OffsetDateTime::toInstant);
    }

    /** When the item of a function falls due that is due first. */
    public Optional<Instant> oldest(String function) {
        OffsetDateTime oldest = jdbc.queryForObject(
                "select min(due_at) from async_queue where function_name = ?", OffsetDateTime.class, function);
        return Optional.ofNullable(oldest).map(OffsetDateTime::toInstant);
    }
}

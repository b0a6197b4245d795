package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deletes results that are too old or too many, keys that have expired and dead letters that nobody cared for, in batches. */
public final class Retention {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final Inputs inputs;
    private final DeadLetters deadLetters;
    private final AsynchronousProperties.Retention retention;
    private final InstantSource time;

    Retention(
            JdbcTemplate jdbc,
            Inputs inputs,
            DeadLetters deadLetters,
            AsynchronousProperties properties,
            InstantSource time) {
        this.jdbc = jdbc;
        this.inputs = inputs;
        this.deadLetters = deadLetters;
        this.retention = properties.retention();
        this.time = time;
    }

    /** Deletes what is not to be kept now. */
    public void trim() {
        Instant now = time.instant();
        deleteBefore(now.minus(retention.age()));
        oldestOfNewest().ifPresent(this::deleteBefore);
        while (deleteKeys(now) == BATCH) {}
        while (deadLetters.purgeBefore(now.minus(retention.deadLetterAge())) > 0) {}
    }

    private void deleteBefore(Instant end) {
        while (deleteSome(end) == BATCH) {}
    }

    /** Dead letters have an end too, but are not for this. */
    private int deleteSome(Instant end) {
        List<UUID> old = jdbc.query(
                "select id from async_invocation where ended_at < ? and state <> 'dead' order by ended_at limit ?",
                Sql.ID,
                Sql.time(end),
                BATCH);
        inputs.delete(old);
        jdbc.batchUpdate(
                "delete from async_invocation where id = ? and state <> 'dead'",
                old.stream().map(id -> new Object[] {id}).toList());
        return old.size();
    }

    private Optional<Instant> oldestOfNewest() {
        return jdbc
                .query(
                        "select ended_at from async_invocation where ended_at is not null order by ended_at desc limit 1 offset ?",
                        (row, _) -> Sql.instantOf(row, "ended_at"),
                        retention.count() - 1)
                .stream()
                .findFirst();
    }

    private int deleteKeys(Instant now) {
        List<Object[]> expired = jdbc.query(
                "select function_name, idempotency_key from async_key where expires_at < ? order by expires_at limit ?",
                (row, _) -> new Object[] {row.getString(1), row.getString(2)},
                Sql.time(now),
                BATCH);
        if (!expired.isEmpty()) {
            jdbc.batchUpdate("delete from async_key where function_name = ? and idempotency_key = ?", expired);
        }
        return expired.size();
    }
}

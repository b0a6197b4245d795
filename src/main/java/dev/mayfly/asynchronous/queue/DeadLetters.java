package dev.mayfly.asynchronous.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The invocations that failed for as often, or as long, as they may, until somebody decides about them. */
public final class DeadLetters {

    private static final int BATCH = 100;
    private static final int COUNTED = 100_000;

    private static final String SELECT = """
            select d.invocation_id, d.function_name, d.reason, d.died_at, i.accepted_at, i.attempts, i.outcome, i.problem
            from async_dead_letter d join async_invocation i on i.id = d.invocation_id
            """;

    private static final String REVIVE = """
            update async_invocation set state = 'queued', queued_at = ?, attempts = 0, started_at = null, ended_at = null,
                outcome = null, exit_code = null, problem = null, output = null, output_type = null,
                output_bytes = null, output_truncated = false
            where id = ?
            """;

    private final JdbcTemplate jdbc;
    private final QueueTables tables;
    private final Inputs inputs;
    private final TransactionTemplate transactions;
    private final InstantSource time;
    private final QueueEvents events;

    DeadLetters(
            JdbcTemplate jdbc,
            QueueTables tables,
            Inputs inputs,
            PlatformTransactionManager transactions,
            InstantSource time,
            QueueEvents events) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.inputs = inputs;
        this.transactions = new TransactionTemplate(transactions);
        this.time = time;
        this.events = events;
    }

    public Optional<DeadLetter> find(UUID id) {
        return jdbc.query(SELECT + " where d.invocation_id = ?", (row, _) -> letter(row), id).stream()
                .findFirst();
    }

    /**
     * Dead letters in the order of their acceptance.
     *
     * @param function only of this one; null for all
     * @param after only later ones
     */
    public List<DeadLetter> list(@Nullable String function, @Nullable UUID after, int most) {
        UUID from = after == null ? new UUID(0, 0) : after;
        return function == null
                ? jdbc.query(
                        SELECT + " where d.invocation_id > ? order by d.invocation_id limit ?",
                        (row, _) -> letter(row),
                        from,
                        most)
                : jdbc.query(
                        SELECT
                                + " where d.function_name = ? and d.invocation_id > ? order by d.function_name, d.invocation_id limit ?",
                        (row, _) -> letter(row),
                        function,
                        from,
                        most);
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("invocation_id", UUID.class),
                row.getString("function_name"),
                row.getString("reason"),
                Sql.instantOf(row, "died_at"),
                Sql.instantOf(row, "accepted_at"),
                row.getInt("attempts"),
                row.getString("outcome"),
                row.getString("problem"));
    }

    /** How many there are, up to {@value #COUNTED}. */
    public long count() {
        Long count = jdbc.queryForObject(
                "select count(*) from (select 1 as one from async_dead_letter limit " + COUNTED + ") counted",
                Long.class);
        return count == null ? 0 : count;
    }

    /**
     * Puts a dead letter back into the queue. It is as if it had just been accepted.
     *
     * @return whether there was one
     */
    public boolean redrive(UUID id) {
        return find(id).filter(this::redrive).isPresent();
    }

    /**
     * Puts all dead letters of a function back into the queue that are there now.
     *
     * @return how many
     */
    public int redriveAll(String function) {
        return forAll(function, this::redrive);
    }

    private boolean redrive(DeadLetter letter) {
        Instant now = time.instant();
        boolean revived = Boolean.TRUE.equals(transactions.execute(_ -> {
            if (!remove(letter)) {
                return false;
            }
            OffsetDateTime moment = Sql.time(now);
            jdbc.update(REVIVE, moment, letter.id());
            tables.queue().add(letter.id(), letter.function(), now);
            return true;
        }));
        if (revived) {
            events.redriven(letter.function());
        }
        return revived;
    }

    /**
     * Deletes a dead letter, and all that is known of its invocation.
     *
     * @return whether there was one
     */
    public boolean purge(UUID id) {
        return find(id).filter(this::purge).isPresent();
    }

    /**
     * Deletes all dead letters of a function that are there now.
     *
     * @return how many
     */
    public int purgeAll(String function) {
        return forAll(function, this::purge);
    }

    private boolean purge(DeadLetter letter) {
        boolean purged = Boolean.TRUE.equals(transactions.execute(_ -> {
            if (!remove(letter)) {
                return false;
            }
            inputs.delete(List.of(letter.id()));
            jdbc.update("delete from async_invocation where id = ?", letter.id());
            return true;
        }));
        if (purged) {
            events.purged(1);
        }
        return purged;
    }

    private boolean remove(DeadLetter letter) {
        return jdbc.update("delete from async_dead_letter where invocation_id = ?", letter.id()) == 1;
    }

    /** Deletes those that died before a moment, a few at a time. */
    int purgeBefore(Instant moment) {
        List<UUID> old = jdbc.query(
                "select invocation_id from async_dead_letter where died_at < ? order by died_at limit ?",
                Sql.ID,
                Sql.time(moment),
                BATCH);
        return (int) old.stream().filter(this::purge).count();
    }

    /** Goes through them once, in their order, so that one that dies again meanwhile is not met again. */
    private int forAll(String function, Predicate<DeadLetter> action) {
        int done = 0;
        List<DeadLetter> some = list(function, null, BATCH);
        while (!some.isEmpty()) {
            done += (int) some.stream().filter(action).count();
            some = list(function, some.getLast().id(), BATCH);
        }
        return done;
    }
}

package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.InvocationState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down how attempts ended: the result, the queue, dead letters and callbacks in one transaction, so that an
 * invocation is always in exactly one of these conditions. What was done under a lease that was lost is not written; it
 * is told by the owner and the number of the claim, both of which change when another takes the invocation over.
 */
@Repository
public class Endings {

    private static final String LEAVE =
            "delete from async_queue where invocation_id = ? and lease_owner = ? and generation = ?";

    private static final String RETURN = """
            update async_queue set lease_owner = null, due_at = case when cancelled then ? else ? end,
                attempts = attempts - ?
            where invocation_id = ? and lease_owner = ? and generation = ?
            """;

    private static final String RESULT = """
            update async_invocation set state = ?, attempts = ?, started_at = ?, ended_at = ?, last_attempt = ?,
                version = ?, outcome = ?, exit_code = ?, problem = ?, output = ?, output_type = ?, output_bytes = ?,
                output_truncated = ?, input = case when ? then input else null end
            where id = ?
            """;

    private static final String DEAD_LETTER =
            "insert into async_dead_letter (invocation_id, function_name, reason, died_at) values (?, ?, ?, ?)";

    private static final String CALLBACK = """
            insert into async_callback (invocation_id, function_name, url, due_at, attempts, created_at)
            select id, function_name, callback_url, ?, 0, ? from async_invocation
            where id = ? and callback_url is not null
            """;

    private final JdbcTemplate jdbc;
    private final Inputs inputs;
    private final InstantSource time;

    Endings(JdbcTemplate jdbc, Inputs inputs, InstantSource time) {
        this.jdbc = jdbc;
        this.inputs = inputs;
        this.time = time;
    }

    /**
     * Writes endings, all or none.
     *
     * @param owner who claimed
     * @return those that were written; the others' leases were lost
     */
    @Transactional
    public List<Ending> write(String owner, List<Ending> endings) {
        // In one order everywhere, so that two who write do not wait for each other.
        List<Ending> ordered = endings.stream()
                .sorted(Comparator.comparing(ending -> ending.claim().id()))
                .toList();
        List<Ending.Ended> ended = kept(LEAVE, only(Ending.Ended.class, ordered), end -> fence(owner, end.claim()));
        List<Ending.Again> again = kept(RETURN, only(Ending.Again.class, ordered), back -> row(owner, back));
        if (!ended.isEmpty()) {
            record(ended);
        }
        return Stream.<Ending>concat(ended.stream(), again.stream()).toList();
    }

    private static <T extends Ending> List<T> only(Class<T> type, List<Ending> endings) {
        return endings.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Updates a row for each; returns those whose row was there. */
    private <T> List<T> kept(String update, List<T> all, Function<T, Object[]> parameters) {
        if (all.isEmpty()) {
            return List.of();
        }
        int[] updated = jdbc.batchUpdate(update, all.stream().map(parameters).toList());
        return IntStream.range(0, updated.length)
                .filter(i -> updated[i] == 1)
                .mapToObj(all::get)
                .toList();
    }

    private static Object[] fence(String owner, Claim claim) {
        return new Object[] {claim.id(), owner, claim.generation()};
    }

    private Object[] row(String owner, Ending.Again again) {
        Claim claim = again.claim();
        return new Object[] {
            Sql.time(time.instant()),
            Sql.time(again.due()),
            again.counts() ? 0 : 1,
            claim.id(),
            owner,
            claim.generation()
        };
    }

    private void record(List<Ending.Ended> ended) {
        OffsetDateTime now = Sql.time(time.instant());
        jdbc.batchUpdate(RESULT, ended, ended.size(), (update, end) -> bind(update, end, now));
        jdbc.batchUpdate(
                CALLBACK,
                ended.stream()
                        .map(end -> new Object[] {now, now, end.claim().id()})
                        .toList());
        List<Ending.Ended> dead = ended.stream()
                .filter(end -> end.state() == InvocationState.DEAD)
                .toList();
        if (!dead.isEmpty()) {
            jdbc.batchUpdate(
                    DEAD_LETTER, dead.stream().map(end -> letter(end, now)).toList());
        }
        // What has ended for good needs its input no more.
        inputs.delete(ended.stream()
                .filter(end -> end.state() != InvocationState.DEAD)
                .map(end -> end.claim().id())
                .toList());
    }

    private static Object[] letter(Ending.Ended end, OffsetDateTime now) {
        return new Object[] {
            end.claim().id(), end.claim().function(), end.deadReason().orElse("unknown"), now
        };
    }

    private static void bind(PreparedStatement update, Ending.Ended end, OffsetDateTime now) throws SQLException {
        Ending.Result result = end.result();
        byte[] output = Inputs.bytes(result.output());
        int column = 0;
        update.setString(++column, end.state().id());
        update.setInt(++column, end.claim().attempts());
        update.setObject(++column, Sql.timeOrNull(result.started()));
        update.setObject(++column, now);
        update.setObject(++column, result.attempt());
        update.setObject(++column, result.version());
        update.setString(++column, result.outcome());
        update.setObject(++column, result.exitCode());
        update.setString(++column, result.problem());
        update.setBytes(++column, output);
        update.setString(++column, result.outputType());
        update.setLong(++column, result.outputBytes());
        update.setBoolean(++column, output.length < result.outputBytes());
        update.setBoolean(++column, end.state() == InvocationState.DEAD);
        update.setObject(++column, end.claim().id());
    }

    /**
     * Cancels an invocation that waits, or whose lease has run out.
     *
     * @return whether it did
     */
    @Transactional
    public boolean cancelWaiting(UUID id) {
        Instant now = time.instant();
        int left = jdbc.update(
                "delete from async_queue where invocation_id = ? and (lease_owner is null or due_at <= ?)",
                id,
                Sql.time(now));
        if (left == 0) {
            return false;
        }
        jdbc.update(
                "update async_invocation set state = 'cancelled', outcome = 'cancelled', ended_at = ?, output_bytes = 0, input = null where id = ?",
                Sql.time(now),
                id);
        inputs.delete(List.of(id));
        jdbc.update(CALLBACK, Sql.time(now), Sql.time(now), id);
        return true;
    }
}

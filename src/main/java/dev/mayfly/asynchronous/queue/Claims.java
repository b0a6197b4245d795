package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Claims what is due, in an order that is fair across functions. Each function has a line, and lines that are awake are
 * served in the order of their turns; taking from a line moves its turn on, the further the smaller its weight. What a
 * claim costs depends on how many items it takes and on nothing else: every statement reads the beginning of an index.
 *
 * <p>A claimer locks its lines, and leaves out those that another has locked. Items are not locked while they are read:
 * only whoever has the line claims from it, and that an item's owner may end it meanwhile is found by the update, which
 * names the generation.
 *
 * <p><b>No item is forgotten.</b> A line falls asleep only in a claim that found nothing more due in it, until the moment
 * when its next item is due. Whoever adds an item wakes the line in the same transaction, if it sees it asleep. It may see
 * it awake although a claim that does not see the item yet is about to put it to sleep; so a line that something was
 * taken from is looked at again {@value #LINGER_MILLIS} ms later, whatever it holds. That finds every item whose transaction
 * had ended by then. What a slower transaction, or a process that died between ending an attempt and waking its line,
 * leaves in a sleeping line is found by {@link Lines#wakeForgotten}, which runs every {@value Lines#SWEEP_SECONDS} s: so
 * nothing that is due is ever overlooked for longer than that.
 */
@Repository
public class Claims {

    static final int LINGER_MILLIS = 500;

    private static final Duration LINGER = Duration.ofMillis(LINGER_MILLIS);
    private static final int MOST_LINES = 16;

    private static final String CLAIM = """
            update async_queue set lease_owner = ?, due_at = ?, generation = generation + 1, attempts = attempts + 1
            where invocation_id = ? and generation = ? and due_at <= ?
            """;

    private record Item(
            UUID id,
            Instant due,
            int generation,
            int attempts,
            @Nullable String owner,
            boolean cancelled) {}

    private record Taken(
            Line line, List<Item> items, @Nullable OffsetDateTime wakeAt) {}

    private final JdbcTemplate jdbc;
    private final Lines lines;
    private final InstantSource time;
    private final Duration lease;

    Claims(JdbcTemplate jdbc, Lines lines, InstantSource time, AsynchronousProperties properties) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.time = time;
        this.lease = properties.lease();
    }

    /**
     * Claims what is due.
     *
     * @param owner who claims
     * @param room how many at most; at least 1
     * @param without functions of which nothing is claimed
     * @param roomOf how many of a function at most
     * @param weightOf a function's weight, from 1
     */
    @Transactional
    public List<Claim> claim(
            String owner, int room, Set<String> without, ToIntFunction<String> roomOf, ToIntFunction<String> weightOf) {
        Instant now = time.instant();
        lines.wakeDue(now);
        List<Line> locked = lines.lockNext(Math.min(room, MOST_LINES), without);
        List<Taken> taken = new ArrayList<>();
        int left = room;
        for (Line line : locked) {
            int share = Math.max(1, left / (locked.size() - taken.size()));
            Taken some = take(line, Math.min(share, roomOf.applyAsInt(line.function())), now);
            taken.add(some);
            left -= some.items().size();
        }
        for (Taken some : taken) {
            lines.advance(
                    some.line(),
                    some.items().size(),
                    weightOf.applyAsInt(some.line().function()),
                    some.wakeAt());
        }
        return lease(owner, taken, now);
    }

    private Taken take(Line line, int most, Instant now) {
        // Ordered by the index's columns, all of them: H2 sorts otherwise.
        List<Item> first = jdbc.query(
                "select * from async_queue where function_name = ? order by function_name, due_at limit ?",
                (row, _) -> item(row),
                line.function(),
                most + 1);
        List<Item> due = first.stream().filter(item -> !item.due().isAfter(now)).toList();
        if (due.size() > most) {
            return new Taken(line, due.subList(0, most), null);
        }
        OffsetDateTime next =
                due.size() < first.size() ? Sql.time(first.get(due.size()).due()) : Sql.NEVER;
        OffsetDateTime again = due.isEmpty() ? Sql.NEVER : Sql.time(now.plus(LINGER));
        return new Taken(line, due, next.isBefore(again) ? next : again);
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getObject("invocation_id", UUID.class),
                Sql.instantOf(row, "due_at"),
                row.getInt("generation"),
                row.getInt("attempts"),
                row.getString("lease_owner"),
                row.getBoolean("cancelled"));
    }

    private List<Claim> lease(String owner, List<Taken> taken, Instant now) {
        List<Claim> wanted = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        for (Taken some : taken) {
            for (Item item : some.items()) {
                wanted.add(claim(some.line().function(), item));
                updates.add(
                        new Object[] {owner, Sql.time(now.plus(lease)), item.id(), item.generation(), Sql.time(now)});
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        int[] updated = jdbc.batchUpdate(CLAIM, updates);
        List<Claim> claimed = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 1) {
                claimed.add(wanted.get(i));
            }
        }
        return claimed;
    }

    private static Claim claim(String function, Item item) {
        return new Claim(
                item.id(),
                function,
                item.generation() + 1,
                item.attempts() + 1,
                item.owner() != null,
                item.cancelled());
    }
}

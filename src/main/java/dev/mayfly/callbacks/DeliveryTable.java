package dev.mayfly.callbacks;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionOperations;

/** Deliveries in the database. In the SQL that H2 and PostgreSQL have in common. */
final class DeliveryTable {

    static final String DELIVERED = "delivered";
    static final String ABANDONED = "abandoned";
    private static final String PENDING = "pending";

    private static final RowMapper<DeliveryState> STATE = (row, _) -> new DeliveryState(
            row.getObject("id", UUID.class),
            row.getString("url"),
            row.getString("state"),
            row.getInt("attempts"),
            instant(row, "due_at"),
            row.getObject("last_status", Integer.class),
            row.getString("last_error"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row, "ended_at"));

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    DeliveryTable(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Announced(UUID invocation, String function, String url, OffsetDateTime created) {}

    /** Makes deliveries of what ended invocations have announced. How many. */
    int takeIn(Instant now, int most) {
        return transactions.execute(_ -> {
            List<Announced> announced = jdbc.query(
                    """
                    select * from async_callback where due_at <= ? order by due_at limit ? for update skip locked
                    """,
                    (row, _) -> new Announced(
                            row.getObject("invocation_id", UUID.class),
                            row.getString("function_name"),
                            row.getString("url"),
                            row.getObject("created_at", OffsetDateTime.class)),
                    timestamp(now),
                    most);
            jdbc.batchUpdate(
                    """
                    insert into callback_deliveries (id, invocation_id, function_name, url, host, state, attempts,
                        due_at, created_at)
                    values (?, ?, ?, ?, ?, ?, 0, ?, ?)
                    """,
                    announced.stream()
                            .map(row -> new Object[] {
                                UUID.randomUUID(),
                                row.invocation(),
                                row.function(),
                                row.url(),
                                hostOf(row.url()),
                                PENDING,
                                timestamp(now),
                                row.created()
                            })
                            .toList());
            jdbc.batchUpdate(
                    "delete from async_callback where invocation_id = ?",
                    announced.stream()
                            .map(row -> new Object[] {row.invocation()})
                            .toList());
            return announced.size();
        });
    }

    private static String hostOf(String url) {
        return String.valueOf(URI.create(url).getHost());
    }

    /**
     * Claims what is due: an attempt of it begins.
     *
     * @param owner who claims
     * @param without hosts of which nothing is claimed
     * @param lease after which others may claim it
     */
    List<Delivery> claim(String owner, Instant now, Duration lease, Collection<String> without, int most) {
        Object[] parameters = Stream.of(Stream.of(timestamp(now)), without.stream(), Stream.of(most))
                .flatMap(part -> part)
                .toArray();
        return transactions.execute(_ -> {
            List<Delivery> due = jdbc.query(
                    "select * from callback_deliveries where due_at <= ? " + except(without.size())
                            + " order by due_at limit ? for update skip locked",
                    (row, _) -> new Delivery(
                            row.getObject("id", UUID.class),
                            row.getObject("invocation_id", UUID.class),
                            URI.create(row.getString("url")),
                            row.getString("host"),
                            row.getInt("attempts") + 1,
                            row.getObject("created_at", OffsetDateTime.class).toInstant()),
                    parameters);
            jdbc.batchUpdate(
                    "update callback_deliveries set attempts = ?, lease_owner = ?, due_at = ? where id = ?",
                    due.stream()
                            .map(delivery ->
                                    new Object[] {delivery.attempts(), owner, timestamp(now.plus(lease)), delivery.id()
                                    })
                            .toList());
            return due;
        });
    }

    private static String except(int hosts) {
        return hosts == 0 ? "" : "and host not in (" + String.join(", ", Collections.nCopies(hosts, "?")) + ")";
    }

    /** Gives back what was claimed and not begun. */
    void giveBack(String owner, Delivery delivery, Instant due) {
        jdbc.update("""
                update callback_deliveries set attempts = attempts - 1, lease_owner = null, due_at = ?
                where id = ? and lease_owner = ? and attempts = ?
                """, timestamp(due), delivery.id(), owner, delivery.attempts());
    }

    /** Notes that an attempt failed and when the next is due; not if another process has taken the delivery over. */
    boolean retry(String owner, Delivery delivery, AttemptOutcome outcome, Instant next) {
        return jdbc.update(
                        """
                        update callback_deliveries set lease_owner = null, due_at = ?, last_status = ?, last_error = ?
                        where id = ? and lease_owner = ? and attempts = ?
                        """,
                        timestamp(next),
                        outcome.status(),
                        outcome.error(),
                        delivery.id(),
                        owner,
                        delivery.attempts())
                == 1;
    }

    /** Notes how a delivery ended; not if another process has taken it over. */
    boolean end(String owner, Delivery delivery, AttemptOutcome outcome, Instant now) {
        return jdbc.update(
                        """
                        update callback_deliveries set lease_owner = null, due_at = null, ended_at = ?, state = ?,
                            last_status = ?, last_error = ?
                        where id = ? and lease_owner = ? and attempts = ?
                        """,
                        timestamp(now),
                        outcome.delivered() ? DELIVERED : ABANDONED,
                        outcome.status(),
                        outcome.error(),
                        delivery.id(),
                        owner,
                        delivery.attempts())
                == 1;
    }

    /** The newest delivery of an invocation's result; there are several where it was redriven. */
    Optional<DeliveryState> newest(UUID invocation) {
        return jdbc
                .query(
                        "select * from callback_deliveries where invocation_id = ? order by created_at desc limit 1",
                        STATE,
                        invocation)
                .stream()
                .findFirst();
    }

    /** Deletes some of what ended before that. How many. */
    int deleteEnded(Instant before, int most) {
        return jdbc.update(
                "delete from callback_deliveries where id in"
                        + " (select id from callback_deliveries where ended_at < ? order by ended_at limit ?)",
                timestamp(before),
                most);
    }

    private static OffsetDateTime timestamp(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}

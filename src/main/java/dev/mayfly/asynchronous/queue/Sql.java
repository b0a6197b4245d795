package dev.mayfly.asynchronous.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** How values are given to the databases and read from them. */
final class Sql {

    /** Later than anything is due; both databases can store it. */
    static final OffsetDateTime NEVER = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Of rows that begin with an id. */
    static final RowMapper<UUID> ID = (row, _) -> row.getObject(1, UUID.class);

    /** Of rows that begin with a text. */
    static final RowMapper<String> TEXT = (row, _) -> row.getString(1);

    private Sql() {}

    /** In the databases' resolution, so that what was stored equals what is read. */
    static OffsetDateTime time(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime timeOrNull(@Nullable Instant moment) {
        return moment == null ? null : time(moment);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    static Instant instantOf(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** So many parameters in a list; at least one. */
    static String parameters(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}

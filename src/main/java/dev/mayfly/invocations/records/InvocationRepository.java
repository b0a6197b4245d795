package dev.mayfly.invocations.records;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The records in the database. In the SQL that H2 and PostgreSQL have in common. */
@Repository
class InvocationRepository {

    private static final String INSERT = """
            insert into invocation (id, function_name, version, digest, engine, outcome, exit_code, trap, backtrace,
                received_at, queue_nanos, start_nanos, run_nanos, cpu_nanos, peak_memory_bytes, bytes_in, bytes_out,
                stderr_tail, cold, artifacts_state, artifacts_bytes, artifacts_files, artifacts_expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final RowMapper<InvocationRecord> ROW = (row, _) -> read(row);

    private final JdbcTemplate jdbc;

    InvocationRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds all, or none. */
    @Transactional
    void addAll(List<InvocationRecord> invocations) {
        jdbc.batchUpdate(INSERT, invocations, invocations.size(), InvocationRepository::bind);
    }

    Optional<InvocationRecord> find(UUID id) {
        return jdbc.query("select * from invocation where id = ?", ROW, id).stream()
                .findFirst();
    }

    /** The newest of a function, before the given id if there is one, newest first. */
    List<InvocationRecord> newest(String function, @Nullable UUID before, int most) {
        return before == null
                ? jdbc.query(
                        "select * from invocation where function_name = ? order by id desc limit ?",
                        ROW,
                        function,
                        most)
                : jdbc.query(
                        "select * from invocation where function_name = ? and id < ? order by id desc limit ?",
                        ROW,
                        function,
                        before,
                        most);
    }

    /** Deletes some of the records before the given id: the oldest, as one range of the index. */
    int deleteBefore(UUID id, int most) {
        UUID end = jdbc
                .query(
                        "select id from invocation where id < ? order by id limit 1 offset ?",
                        (row, _) -> row.getObject(1, UUID.class),
                        id,
                        most)
                .stream()
                .findFirst()
                .orElse(id);
        return jdbc.update("delete from invocation where id < ?", end);
    }

    /** The oldest record that is kept when only so many of the newest are. */
    Optional<UUID> oldestOfNewest(int count) {
        return jdbc
                .query(
                        "select id from invocation order by id desc limit 1 offset ?",
                        (row, _) -> row.getObject(1, UUID.class),
                        count - 1)
                .stream()
                .findFirst();
    }

    private static void bind(PreparedStatement insert, InvocationRecord invocation) throws SQLException {
        int column = 0;
        insert.setObject(++column, invocation.id());
        insert.setString(++column, invocation.function());
        insert.setInt(++column, invocation.version());
        insert.setString(++column, invocation.digest());
        insert.setString(++column, invocation.engine());
        insert.setString(++column, invocation.outcome().id());
        insert.setObject(++column, invocation.exitCode());
        insert.setString(++column, invocation.trap());
        insert.setString(++column, invocation.backtrace());
        insert.setObject(++column, invocation.received().atOffset(ZoneOffset.UTC));
        insert.setLong(++column, invocation.queue().toNanos());
        insert.setLong(++column, invocation.start().toNanos());
        insert.setLong(++column, invocation.run().toNanos());
        insert.setLong(++column, invocation.cpu().toNanos());
        insert.setLong(++column, invocation.peakMemoryBytes());
        insert.setLong(++column, invocation.bytesIn());
        insert.setLong(++column, invocation.bytesOut());
        insert.setString(++column, invocation.stderrTail());
        insert.setBoolean(++column, invocation.cold());
        ArtifactColumns.bind(insert, column, invocation.artifacts());
    }

    private static InvocationRecord read(ResultSet row) throws SQLException {
        int exitCode = row.getInt("exit_code");
        boolean exited = !row.wasNull();
        return new InvocationRecord(
                row.getObject("id", UUID.class),
                row.getString("function_name"),
                row.getInt("version"),
                row.getString("digest"),
                row.getString("engine"),
                InvocationOutcome.of(row.getString("outcome")),
                exited ? exitCode : null,
                row.getString("trap"),
                row.getString("backtrace"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                nanos(row, "queue_nanos"),
                nanos(row, "start_nanos"),
                nanos(row, "run_nanos"),
                nanos(row, "cpu_nanos"),
                row.getLong("peak_memory_bytes"),
                row.getLong("bytes_in"),
                row.getLong("bytes_out"),
                row.getString("stderr_tail"),
                row.getBoolean("cold"),
                ArtifactColumns.read(row));
    }

    private static Duration nanos(ResultSet row, String column) throws SQLException {
        return Duration.ofNanos(row.getLong(column));
    }
}

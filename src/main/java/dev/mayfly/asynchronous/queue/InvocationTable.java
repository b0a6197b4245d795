package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.VersionSelector;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asynchronous invocations as they were accepted and as they ended. */
@Repository
public class InvocationTable {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String INSERT = """
            insert into async_invocation (id, function_name, selector, arguments, input, input_bytes, source,
                callback_url, accepted_at, queued_at, state, attempts, output_truncated)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, false)
            """;

    private static final String FIND = """
            select i.id, i.function_name, i.state, i.source, i.accepted_at, i.attempts, i.started_at, i.ended_at,
                i.last_attempt, i.version, i.outcome, i.exit_code, i.problem, i.output_bytes, i.output_truncated,
                q.due_at, q.lease_owner, q.attempts as begun
            from async_invocation i left join async_queue q on q.invocation_id = i.id
            where i.id = ?
            """;

    private final JdbcTemplate jdbc;
    private final Inputs inputs;

    InvocationTable(JdbcTemplate jdbc, Inputs inputs) {
        this.jdbc = jdbc;
        this.inputs = inputs;
    }

    void insert(Accepted accepted) {
        Submission submission = accepted.submission();
        ByteBuffer input = submission.input();
        boolean inRow = input.remaining() <= Inputs.PART;
        jdbc.update(
                INSERT,
                accepted.id(),
                submission.function().value(),
                text(submission.selector()),
                JSON.writeValueAsString(submission.arguments()),
                inRow ? Inputs.bytes(input) : null,
                input.remaining(),
                submission.source(),
                submission.callback() == null ? null : submission.callback().toString(),
                Sql.time(accepted.accepted()),
                Sql.time(accepted.due()));
        if (!inRow) {
            inputs.insert(accepted.id(), input);
        }
    }

    /** What is to be run; empty if the invocation was purged meanwhile. */
    public Optional<StoredCall> load(UUID id) {
        return jdbc
                .query(
                        "select function_name, selector, arguments, input, input_bytes, queued_at from async_invocation where id = ?",
                        (row, _) -> call(id, row),
                        id)
                .stream()
                .findFirst();
    }

    private StoredCall call(UUID id, ResultSet row) throws SQLException {
        byte[] input = row.getBytes("input");
        return new StoredCall(
                id,
                new FunctionName(row.getString("function_name")),
                selector(row.getString("selector")),
                JSON.readValue(row.getString("arguments"), TEXTS),
                input == null ? inputs.read(id, row.getInt("input_bytes")) : ByteBuffer.wrap(input),
                Sql.instantOf(row, "queued_at"));
    }

    /** An invocation as it stands. */
    public Optional<AsynchronousInvocation> find(UUID id, Instant now) {
        return jdbc.query(FIND, (row, _) -> invocation(row, now), id).stream().findFirst();
    }

    /** What was kept of an invocation's output; empty if there is no such invocation, or it has not ended. */
    public Optional<StoredOutput> output(UUID id) {
        return jdbc
                .query(
                        "select output, output_type, output_bytes, output_truncated from async_invocation where id = ? and ended_at is not null",
                        (row, _) -> output(row),
                        id)
                .stream()
                .findFirst();
    }

    private static StoredOutput output(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("output");
        return new StoredOutput(
                ByteBuffer.wrap(bytes == null ? new byte[0] : bytes),
                Optional.ofNullable(row.getString("output_type")),
                row.getLong("output_bytes"),
                row.getBoolean("output_truncated"));
    }

    /** Which of some invocations have ended, or are not there any more. */
    public List<UUID> ended(Collection<UUID> ids) {
        List<UUID> live = jdbc.query(
                "select id from async_invocation where ended_at is null and id in (" + Sql.parameters(ids.size()) + ")",
                Sql.ID,
                ids.toArray());
        return ids.stream().filter(id -> !live.contains(id)).toList();
    }

    private static AsynchronousInvocation invocation(ResultSet row, Instant now) throws SQLException {
        InvocationState stored = InvocationState.of(row.getString("state"));
        Instant due = Sql.instant(row, "due_at");
        boolean leased = row.getString("lease_owner") != null && due != null && due.isAfter(now);
        InvocationState state = stored == InvocationState.QUEUED && leased ? InvocationState.RUNNING : stored;
        return new AsynchronousInvocation(
                row.getObject("id", UUID.class),
                row.getString("function_name"),
                state,
                row.getString("source"),
                Sql.instantOf(row, "accepted_at"),
                state == InvocationState.QUEUED ? due : null,
                due == null ? row.getInt("attempts") : row.getInt("begun"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "ended_at"),
                row.getObject("last_attempt", UUID.class),
                Sql.integer(row, "version"),
                row.getString("outcome"),
                Sql.integer(row, "exit_code"),
                row.getString("problem"),
                Sql.number(row, "output_bytes"),
                row.getBoolean("output_truncated"));
    }

    private static String text(VersionSelector selector) {
        return switch (selector) {
            case VersionSelector.Numbered(int version) -> "version:" + version;
            case VersionSelector.Alias(String name) -> "alias:" + name;
        };
    }

    private static VersionSelector selector(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return text.startsWith("version:")
                ? new VersionSelector.Numbered(Integer.parseInt(value))
                : new VersionSelector.Alias(value);
    }
}

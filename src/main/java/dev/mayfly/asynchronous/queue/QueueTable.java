package dev.mayfly.asynchronous.queue;

import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The rows of invocations that have not ended, as far as others than their owners change them. */
@Repository
class QueueTable {

    private final JdbcTemplate jdbc;
    private final Lines lines;

    QueueTable(JdbcTemplate jdbc, Lines lines) {
        this.jdbc = jdbc;
        this.lines = lines;
    }

    /** Puts an invocation into its line, which is there; in the caller's transaction. */
    void add(UUID id, String function, Instant due) {
        jdbc.update(
                "insert into async_queue (invocation_id, function_name, due_at, generation, attempts, cancelled) values (?, ?, ?, 0, 0, false)",
                id,
                function,
                Sql.time(due));
        lines.wake(function, due);
    }

    /** Has the owner of an invocation cancel it. */
    boolean cancel(UUID id) {
        return jdbc.update("update async_queue set cancelled = true where invocation_id = ?", id) == 1;
    }
}

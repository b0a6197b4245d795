package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Idempotency keys: which submission was the first with a key, for each function. */
@Repository
class Keys {

    private record Used(String hash, UUID id, Instant expires) {}

    private final JdbcTemplate jdbc;
    private final Duration retention;

    Keys(JdbcTemplate jdbc, AsynchronousProperties properties) {
        this.jdbc = jdbc;
        this.retention = properties.idempotencyRetention();
    }

    /**
     * The invocation that was accepted with a key, if there is one.
     *
     * @param hash of the request that bears the key now
     * @throws ProblemException if it was another request
     */
    Optional<UUID> find(String function, String key, String hash, Instant now) {
        Optional<Used> used = jdbc
                .query(
                        "select request_hash, invocation_id, expires_at from async_key where function_name = ? and idempotency_key = ?",
                        (row, _) -> new Used(
                                row.getString(1), row.getObject(2, UUID.class), Sql.instantOf(row, "expires_at")),
                        function,
                        key)
                .stream()
                .findFirst()
                .filter(first -> first.expires().isAfter(now));
        if (used.isPresent() && !used.get().hash().equals(hash)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_CONFLICT, "The idempotency key was used for another request before.");
        }
        return used.map(Used::id);
    }

    /** Notes the first submission with a key; fails if another does the same at the same time. */
    void insert(Accepted accepted, String key, String hash) {
        String function = accepted.submission().function().value();
        jdbc.update(
                "delete from async_key where function_name = ? and idempotency_key = ? and expires_at <= ?",
                function,
                key,
                Sql.time(accepted.accepted()));
        jdbc.update(
                "insert into async_key (function_name, idempotency_key, request_hash, invocation_id, expires_at) values (?, ?, ?, ?, ?)",
                function,
                key,
                hash,
                accepted.id(),
                Sql.time(accepted.accepted().plus(retention)));
    }
}

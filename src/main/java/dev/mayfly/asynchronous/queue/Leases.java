package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The leases under which attempts are made. */
@Repository
public class Leases {

    /** How a lease stands. */
    public enum Standing {
        HELD,
        /** Held, but the invocation is to be cancelled. */
        CANCELLED,
        /** Another has it, or the invocation has ended. */
        LOST
    }

    private record Row(UUID id, int generation, boolean cancelled) {}

    private final JdbcTemplate jdbc;
    private final InstantSource time;
    private final Duration lease;

    Leases(JdbcTemplate jdbc, InstantSource time, AsynchronousProperties properties) {
        this.jdbc = jdbc;
        this.time = time;
        this.lease = properties.lease();
    }

    /** Prolongs leases, those that have run out and that nobody has taken over included. */
    @Transactional
    public void renew(String owner, Collection<Claim> claims) {
        OffsetDateTime until = Sql.time(time.instant().plus(lease));
        jdbc.batchUpdate(
                "update async_queue set due_at = ? where invocation_id = ? and lease_owner = ? and generation = ?",
                claims.stream()
                        .sorted(Comparator.comparing(Claim::id))
                        .map(claim -> new Object[] {until, claim.id(), owner, claim.generation()})
                        .toList());
    }

    /** How leases stand. */
    public Map<Claim, Standing> look(Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        List<UUID> ids = claims.stream().map(Claim::id).toList();
        Map<UUID, Row> rows = jdbc
                .query(
                        "select invocation_id, generation, cancelled from async_queue where invocation_id in ("
                                + Sql.parameters(ids.size()) + ")",
                        (row, _) -> new Row(row.getObject(1, UUID.class), row.getInt(2), row.getBoolean(3)),
                        ids.toArray())
                .stream()
                .collect(Collectors.toMap(Row::id, Function.identity()));
        Map<Claim, Standing> standings = new HashMap<>();
        for (Claim claim : claims) {
            standings.put(claim, standing(claim, rows.get(claim.id())));
        }
        return standings;
    }

    private static Standing standing(Claim claim, @Nullable Row row) {
        if (row == null || row.generation() != claim.generation()) {
            return Standing.LOST;
        }
        return row.cancelled() ? Standing.CANCELLED : Standing.HELD;
    }
}

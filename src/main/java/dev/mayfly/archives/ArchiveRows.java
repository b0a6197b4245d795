package dev.mayfly.archives;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of archives that are kept. In the SQL that H2 and PostgreSQL have in common. */
final class ArchiveRows {

    private final JdbcClient jdbc;

    ArchiveRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How much is taken by all archives and by those of one function, in bytes, and how many there are. */
    record Taken(long bytes, long ofFunction, long archives) {}

    Taken taken(String function) {
        return jdbc.sql("select coalesce(sum(bytes), 0) as bytes,"
                        + " coalesce(sum(case when function_name = :function then bytes else 0 end), 0) as mine,"
                        + " count(*) as archives from invocation_archives")
                .param("function", function)
                .query((row, _) -> new Taken(row.getLong("bytes"), row.getLong("mine"), row.getLong("archives")))
                .single();
    }

    /** Adds an archive that nobody sees before it is {@link #complete}. */
    void add(UUID id, String function, StagedArchive archive, Instant expires) {
        jdbc.sql("insert into invocation_archives (id, function_name, bytes, files, complete, expires_at)"
                        + " values (:id, :function, :bytes, :files, false, :expires)")
                .param("id", id)
                .param("function", function)
                .param("bytes", archive.bytes())
                .param("files", archive.files())
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    void complete(UUID id) {
        jdbc.sql("update invocation_archives set complete = true where id = :id")
                .param("id", id)
                .update();
    }

    /** An archive that is complete and whose time is not over. */
    Optional<KeptArchive> find(UUID id, Instant now) {
        return jdbc.sql("select bytes, files, expires_at from invocation_archives"
                        + " where id = :id and complete and expires_at > :now")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new KeptArchive(
                        id,
                        row.getLong("bytes"),
                        row.getInt("files"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Those of some archives that are complete. */
    Set<UUID> present(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select id from invocation_archives where complete and id in (:ids)")
                .param("ids", ids)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list());
    }

    /** Some of those whose time is over, complete or not. */
    List<UUID> expired(Instant now, int most) {
        return jdbc.sql("select id from invocation_archives where expires_at <= :now order by expires_at limit :most")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Whether there was one. */
    boolean delete(UUID id) {
        return jdbc.sql("delete from invocation_archives where id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }
}

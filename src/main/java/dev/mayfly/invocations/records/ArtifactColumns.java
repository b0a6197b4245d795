package dev.mayfly.invocations.records;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a record has of an archive. */
final class ArtifactColumns {

    private ArtifactColumns() {}

    /** Sets the columns behind one. */
    static void bind(PreparedStatement insert, int behind, @Nullable ArchiveSummary artifacts) throws SQLException {
        int column = behind;
        Instant expires = artifacts == null ? null : artifacts.expires();
        insert.setString(++column, artifacts == null ? null : artifacts.state().id());
        insert.setObject(++column, artifacts == null ? null : artifacts.bytes());
        insert.setObject(++column, artifacts == null ? null : artifacts.files());
        insert.setObject(++column, expires == null ? null : expires.atOffset(ZoneOffset.UTC));
    }

    static @Nullable ArchiveSummary read(ResultSet row) throws SQLException {
        String state = row.getString("artifacts_state");
        if (state == null) {
            return null;
        }
        OffsetDateTime expires = row.getObject("artifacts_expires_at", OffsetDateTime.class);
        return new ArchiveSummary(
                ArchiveState.of(state).orElse(ArchiveState.FAILED),
                row.getLong("artifacts_bytes"),
                row.getInt("artifacts_files"),
                expires == null ? null : expires.toInstant());
    }
}

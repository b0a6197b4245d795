package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Disks and their versions in the database. In the SQL that H2 and PostgreSQL have in common. */
final class DiskRows {

    private static final String VERSION = """
            select d.name, v.number, v.digest, v.format, v.upload_digest, v.upload_bytes, v.content_bytes, v.files,
                v.created_at
            from disk_versions v join disks d on d.id = v.disk_id where d.name = :name
            """;

    private final JdbcClient jdbc;

    DiskRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<DiskView> find(DiskName name) {
        return jdbc.sql("select name, latest_version, created_at, updated_at from disks where name = :name")
                .param("name", name.value())
                .query(DiskRows::disk)
                .optional();
    }

    /** In the order of their names. */
    List<DiskView> list(String after, int limit) {
        return jdbc.sql("select name, latest_version, created_at, updated_at from disks where name > :after"
                        + " order by name limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query(DiskRows::disk)
                .list();
    }

    Optional<DiskVersionView> find(DiskName name, int version) {
        return jdbc.sql(VERSION + " and v.number = :number")
                .param("name", name.value())
                .param("number", version)
                .query(DiskRows::version)
                .optional();
    }

    /** Newest first. */
    List<DiskVersionView> versions(DiskName name, int before, int limit) {
        return jdbc.sql(VERSION + " and v.number < :before order by v.number desc limit :limit")
                .param("name", name.value())
                .param("before", before)
                .param("limit", limit)
                .query(DiskRows::version)
                .list();
    }

    /** Keeps others from changing a disk until the transaction ends; empty if there is none. */
    Optional<Long> lock(DiskName name) {
        return jdbc.sql("select id from disks where name = :name for update")
                .param("name", name.value())
                .query(Long.class)
                .optional();
    }

    void insert(DiskName name, Instant now) {
        jdbc.sql("insert into disks (name, latest_version, created_at, updated_at) values (:name, 0, :now, :now)")
                .param("name", name.value())
                .param("now", timestamp(now))
                .update();
    }

    /** The number of the next version of a disk that is locked. */
    int nextVersion(long disk, Instant now) {
        jdbc.sql("update disks set latest_version = latest_version + 1, updated_at = :now where id = :disk")
                .param("now", timestamp(now))
                .param("disk", disk)
                .update();
        return jdbc.sql("select latest_version from disks where id = :disk")
                .param("disk", disk)
                .query(Integer.class)
                .single();
    }

    void insert(long disk, DiskVersionView version) {
        jdbc.sql("""
                insert into disk_versions (disk_id, number, digest, format, upload_digest, upload_bytes, content_bytes,
                    files, created_at)
                values (:disk, :number, :digest, :format, :upload, :uploadBytes, :contentBytes, :files, :now)
                """)
                .param("disk", disk)
                .param("number", version.version())
                .param("digest", ContentDigest.parse(version.digest()).hex())
                .param("format", version.format())
                .param("upload", ContentDigest.parse(version.uploadDigest()).hex())
                .param("uploadBytes", version.uploadBytes())
                .param("contentBytes", version.contentBytes())
                .param("files", version.files())
                .param("now", timestamp(version.createdAt()))
                .update();
    }

    /** A function and its version that need a disk, or a version of it; empty if none does. */
    Optional<String> user(long disk, Optional<Integer> version) {
        return jdbc.sql("""
                select f.name, u.number from function_version_disks u join functions f on f.id = u.function_id
                where u.disk_id = :disk and (:any or u.disk_number = :number) order by f.name, u.number limit 1
                """)
                .param("disk", disk)
                .param("any", version.isEmpty())
                .param("number", version.orElse(0))
                .query((row, index) ->
                        "version " + row.getInt("number") + " of function '" + row.getString("name") + "'")
                .optional();
    }

    void delete(long disk) {
        jdbc.sql("delete from disks where id = :disk").param("disk", disk).update();
    }

    /** Returns how many there were. */
    int delete(long disk, int version) {
        return jdbc.sql("delete from disk_versions where disk_id = :disk and number = :number")
                .param("disk", disk)
                .param("number", version)
                .update();
    }

    /** Returns how many disks have that version with that digest. */
    int use(long function, int functionVersion, String disk, int version, ContentDigest digest) {
        return jdbc.sql("""
                insert into function_version_disks (function_id, number, disk_id, disk_number)
                select :function, :functionVersion, v.disk_id, v.number from disk_versions v join disks d
                on d.id = v.disk_id where d.name = :name and v.number = :number and v.digest = :digest
                """)
                .param("function", function)
                .param("functionVersion", functionVersion)
                .param("name", disk)
                .param("number", version)
                .param("digest", digest.hex())
                .update();
    }

    private static DiskView disk(ResultSet row, int index) throws SQLException {
        return new DiskView(
                row.getString("name"),
                row.getInt("latest_version"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static DiskVersionView version(ResultSet row, int index) throws SQLException {
        return new DiskVersionView(
                row.getString("name"),
                row.getInt("number"),
                new ContentDigest(row.getString("digest")).toString(),
                row.getString("format"),
                new ContentDigest(row.getString("upload_digest")).toString(),
                row.getLong("upload_bytes"),
                row.getLong("content_bytes"),
                row.getInt("files"),
                instant(row, "created_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row for each stored file, which is the lock on it, as it is for modules. */
final class ImageRows {

    private final JdbcClient jdbc;

    ImageRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the row of a disk, made if it is not there, and starts the time for which it is kept. */
    void touch(ContentDigest digest, long bytes, Instant now) {
        int touched = jdbc.sql("update disk_images set touched_at = :now where digest = :digest")
                .param("now", DiskRows.timestamp(now))
                .param("digest", digest.hex())
                .update();
        if (touched == 0) {
            jdbc.sql("insert into disk_images (digest, size_bytes, touched_at) values (:digest, :bytes, :now)")
                    .param("digest", digest.hex())
                    .param("bytes", bytes)
                    .param("now", DiskRows.timestamp(now))
                    .update();
        }
    }

    /** Starts the time for which the images of a disk are kept after it. */
    void touchAllOf(long disk, Instant now) {
        jdbc.sql("update disk_images set touched_at = :now where digest in"
                        + " (select digest from disk_versions where disk_id = :disk)")
                .param("now", DiskRows.timestamp(now))
                .param("disk", disk)
                .update();
    }

    boolean known(ContentDigest digest) {
        return jdbc.sql("select count(*) from disk_images where digest = :digest")
                        .param("digest", digest.hex())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Those that no version refers to and that were not touched since. */
    List<ContentDigest> unreferenced(Instant before) {
        return jdbc
                .sql("select i.digest from disk_images i where i.touched_at < :before and not exists"
                        + " (select 1 from disk_versions v where v.digest = i.digest) order by i.digest")
                .param("before", DiskRows.timestamp(before))
                .query(String.class)
                .list()
                .stream()
                .map(ContentDigest::new)
                .toList();
    }

    /** Locks the row of a disk if it still is to be deleted. */
    boolean lockUnreferenced(ContentDigest digest, Instant before) {
        Optional<String> locked = jdbc.sql(
                        "select digest from disk_images where digest = :digest and touched_at < :before for update")
                .param("digest", digest.hex())
                .param("before", DiskRows.timestamp(before))
                .query(String.class)
                .optional();
        return locked.isPresent()
                && jdbc.sql("select count(*) from disk_versions where digest = :digest")
                                .param("digest", digest.hex())
                                .query(Long.class)
                                .single()
                        == 0;
    }

    void delete(ContentDigest digest) {
        jdbc.sql("delete from disk_images where digest = :digest")
                .param("digest", digest.hex())
                .update();
    }
}

package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bytes of contents as rows of {@value #CHUNK_BYTES} bytes, so that no more than one such piece is in memory. Takes
 * part in the transaction that is going on, if there is one.
 */
final class ArtifactChunks {

    static final int CHUNK_BYTES = 1024 * 1024;

    private final JdbcClient jdbc;
    private final ArtifactTables tables;

    ArtifactChunks(JdbcClient jdbc, ArtifactTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /**
     * Keeps others from storing or deleting content until the end of the transaction.
     *
     * @return whether there is such content
     */
    boolean lock(ContentDigest digest) {
        return jdbc.sql("select digest from " + tables.contents() + " where digest = ? for update")
                .param(digest.hex())
                .query(String.class)
                .optional()
                .isPresent();
    }

    boolean contains(ContentDigest digest) {
        return jdbc.sql("select 1 from " + tables.chunks() + " where digest = ? and number = 0")
                .param(digest.hex())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** How many bytes it has; empty if there is no such content. */
    Optional<Long> size(ContentDigest digest) {
        return jdbc.sql("select size_bytes from " + tables.contents() + " where digest = ?")
                .param(digest.hex())
                .query(Long.class)
                .optional();
    }

    /** Inserts content of which there is nothing. Its row is there, and locked. */
    void insert(ContentDigest digest, Path file) throws IOException {
        String row = "insert into " + tables.chunks() + " (digest, number, bytes) values (?, ?, ?)";
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] chunk = in.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = in.readNBytes(CHUNK_BYTES)) {
                jdbc.sql(row).param(digest.hex()).param(number++).param(chunk).update();
            }
        }
    }

    /** A chunk; empty behind the last one. */
    Optional<byte[]> read(ContentDigest digest, int number) {
        return jdbc.sql("select bytes from " + tables.chunks() + " where digest = ? and number = ?")
                .param(digest.hex())
                .param(number)
                .query(byte[].class)
                .optional();
    }

    void delete(ContentDigest digest) {
        jdbc.sql("delete from " + tables.chunks() + " where digest = ?")
                .param(digest.hex())
                .update();
    }

    List<ContentDigest> list() {
        return jdbc
                .sql("select digest from " + tables.chunks() + " where number = 0")
                .query(String.class)
                .list()
                .stream()
                .map(ContentDigest::new)
                .toList();
    }
}

package dev.mayfly.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Archives as rows of {@value #CHUNK_BYTES} bytes, so that no more than one such piece is in memory, and each is written
 * for itself: who reads one looks whether all are there.
 */
final class DatabaseContents implements ArchiveContents {

    static final int CHUNK_BYTES = 1024 * 1024;

    private final JdbcClient jdbc;

    DatabaseContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void store(UUID id, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] chunk = in.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = in.readNBytes(CHUNK_BYTES)) {
                jdbc.sql("insert into archive_chunks (archive_id, number, bytes) values (?, ?, ?)")
                        .param(id)
                        .param(number++)
                        .param(chunk)
                        .update();
            }
        }
    }

    @Override
    public InputStream open(UUID id) throws IOException {
        int chunks = jdbc.sql("select count(*) from archive_chunks where archive_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
        if (chunks == 0) {
            throw new NoSuchFileException(id.toString());
        }
        return new ChunkedInputStream(number -> chunk(id, number), chunks, CHUNK_BYTES);
    }

    private Optional<byte[]> chunk(UUID id, int number) {
        return jdbc.sql("select bytes from archive_chunks where archive_id = ? and number = ?")
                .param(id)
                .param(number)
                .query(byte[].class)
                .optional();
    }

    @Override
    public void delete(UUID id) {
        jdbc.sql("delete from archive_chunks where archive_id = ?").param(id).update();
    }
}

package dev.mayfly.archives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

/** What becomes of archives where storing them fails, or there is no room. */
@SuppressWarnings("NullAway.Init")
class KeptArchivesTest {

    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path work;

    private final Contents contents = new Contents();
    private final UUID id = UUID.randomUUID();
    private Instant now = START;
    private JdbcClient jdbc;
    private KeptArchives archives;

    /** Bytes in memory, stored as a test says. */
    private static final class Contents implements ArchiveContents {

        private interface Step {
            void run() throws IOException;
        }

        private final Map<UUID, byte[]> stored = new HashMap<>();
        private Step whileStoring = () -> {};

        @Override
        public void store(UUID id, Path file) throws IOException {
            stored.put(id, Files.readAllBytes(file));
            whileStoring.run();
        }

        @Override
        public InputStream open(UUID id) throws IOException {
            byte[] bytes = stored.get(id);
            if (bytes == null) {
                throw new NoSuchFileException(id.toString());
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void delete(UUID id) {
            stored.remove(id);
        }
    }

    @BeforeEach
    void open() {
        DriverManagerDataSource database =
                new DriverManagerDataSource("jdbc:h2:mem:" + id + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = JdbcClient.create(database);
        ArchiveProperties properties = new ArchiveProperties(
                Duration.ofHours(1),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(1),
                DataSize.ofBytes(100),
                DataSize.ofBytes(60),
                null,
                Duration.ofMinutes(1));
        archives = new KeptArchives(new ArchiveRows(jdbc), contents, properties, () -> now);
    }

    private ArchiveSummary keep(UUID invocation, String function, int bytes) throws IOException {
        Path file = Files.write(work.resolve(invocation.toString()), new byte[bytes]);
        ArchiveSummary kept = archives.keep(invocation, function, new StagedArchive(file, bytes, 1));
        assertThat(file).doesNotExist();
        return kept;
    }

    @Test
    void whatIsKeptIsFoundUntilItsTimeIsOver() throws IOException {
        assertThat(keep(id, "f", 10))
                .isEqualTo(new ArchiveSummary(ArchiveState.KEPT, 10, 1, START.plus(Duration.ofHours(1))));
        now = START.plus(Duration.ofMinutes(59));
        archives.sweep();
        assertThat(archives.find(id)).contains(new KeptArchive(id, 10, 1, START.plus(Duration.ofHours(1))));
        assertThat(archives.open(id).readAllBytes()).hasSize(10);
        now = START.plus(Duration.ofMinutes(60));
        assertThat(archives.find(id)).isEmpty();
        archives.sweep();
        assertThat(contents.stored).isEmpty();
        assertThat(archives.taken().archives()).isZero();
    }

    @Test
    void thereIsRoomForSoMuchTogetherAndOfEachFunction() throws IOException {
        assertThat(keep(UUID.randomUUID(), "f", 60).state()).isEqualTo(ArchiveState.KEPT);
        assertThat(keep(UUID.randomUUID(), "f", 1).state()).isEqualTo(ArchiveState.STORAGE_FULL);
        assertThat(keep(id, "g", 41).state()).isEqualTo(ArchiveState.STORAGE_FULL);
        assertThat(keep(id, "g", 40).state()).isEqualTo(ArchiveState.KEPT);
        assertThat(archives.delete(id)).isTrue();
        assertThat(keep(UUID.randomUUID(), "h", 40).state()).isEqualTo(ArchiveState.KEPT);
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothing() throws IOException {
        contents.whileStoring = () -> {
            throw new IOException("No space left on device");
        };
        assertThat(keep(id, "f", 10)).isEqualTo(ArchiveSummary.without(ArchiveState.STORAGE_FULL));
        assertThat(contents.stored).isEmpty();
        assertThat(archives.taken().archives()).isZero();
    }

    @Test
    void aFailureOfTheDatabaseIsSaid() throws IOException {
        jdbc.sql("drop table archive_chunks").update();
        jdbc.sql("drop table invocation_archives").update();
        assertThat(keep(id, "f", 10)).isEqualTo(ArchiveSummary.without(ArchiveState.FAILED));
        assertThat(contents.stored).isEmpty();
    }

    @Test
    void whatIsBeingStoredIsNotSeenAndIsSweptIfItIsNeverCompleted() throws IOException {
        contents.whileStoring = () -> assertThat(archives.find(id)).isEmpty();
        assertThat(keep(id, "f", 10).state()).isEqualTo(ArchiveState.KEPT);
        jdbc.sql("update invocation_archives set complete = false").update();
        assertThat(archives.find(id)).isEmpty();
        now = START.plus(Duration.ofHours(2));
        archives.sweep();
        assertThat(contents.stored).isEmpty();
        assertThat(archives.taken().archives()).isZero();
    }

    @Test
    void tellsExpiredFromDeleted() throws IOException {
        ArchiveSummary kept = keep(id, "f", 10);
        UUID other = UUID.randomUUID();
        ArchiveSummary unchanged = ArchiveSummary.without(ArchiveState.UNCHANGED);
        assertThat(archives.now(Map.of(id, kept, other, unchanged)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(id, kept, other, unchanged));
        archives.delete(id);
        assertThat(archives.now(Map.of(id, kept)).get(id))
                .extracting(ArchiveSummary::state)
                .isEqualTo(ArchiveState.DELETED);
        now = START.plus(Duration.ofHours(1));
        assertThat(archives.now(Map.of(id, kept)).get(id))
                .extracting(ArchiveSummary::state)
                .isEqualTo(ArchiveState.EXPIRED);
    }
}

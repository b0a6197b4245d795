package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import dev.mayfly.cluster.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {

    private static final long BUDGET = 100;

    private Path directory;
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final List<ContentDigest> evicted = new ArrayList<>();
    private ContentCache cache;

    @BeforeEach
    void open(@TempDir Path in) throws IOException {
        directory = in;
        cache = new ContentCache(new StoreInDirectory(directory), BUDGET, evicted::add, () -> now);
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() throws IOException {
        ContentDigest first = add("first");
        ContentDigest second = add("second");
        use(first);

        ContentDigest third = add("third");

        assertThat(cache.digests()).containsExactlyInAnyOrder(first, third);
        assertThat(cache.use(List.of(second))).isEmpty();
        assertThat(cache.bytes()).isEqualTo(80);
        assertThat(evicted).containsExactly(second);
        assertThat(Files.exists(directory.resolve(second.hex()))).isFalse();
    }

    @Test
    void whatIsInUseIsKept() throws IOException {
        ContentDigest first = add("first");
        ContentDigest second = add("second");
        try (ContentCache.Lease _ = cache.use(List.of(first)).orElseThrow();
                ContentCache.Lease _ = cache.use(List.of(second)).orElseThrow()) {
            assertThat(cache.add(new Staged("third"))).isFalse();
            assertThat(cache.digests()).containsExactlyInAnyOrder(first, second);
        }
        assertThat(cache.add(new Staged("third"))).isTrue();
    }

    @Test
    void aLeaseEndsOnce() throws IOException {
        ContentDigest first = add("first");
        ContentCache.Lease closed = cache.use(List.of(first)).orElseThrow();
        closed.close();
        closed.close();
        add("second");
        try (ContentCache.Lease _ = cache.use(List.of(first)).orElseThrow()) {
            add("third");
        }

        assertThat(cache.has(first)).isTrue();
    }

    @Test
    void aRestartForgetsNeitherModulesNorTheirUse() throws IOException {
        ContentDigest first = add("first");
        now = now.plus(Duration.ofHours(1));
        ContentDigest second = add("second");
        now = now.plus(Duration.ofHours(1));
        use(first);

        open(directory);

        assertThat(cache.digests()).containsExactlyInAnyOrder(first, second);
        add("third");
        assertThat(cache.has(first)).isTrue();
        assertThat(cache.has(second)).isFalse();
    }

    @Test
    void aSmallerBudgetIsKeptToFromTheStart() throws IOException {
        add("first");
        add("second");

        cache = new ContentCache(new StoreInDirectory(directory), 50, evicted::add, () -> now);

        assertThat(cache.bytes()).isEqualTo(40);
    }

    @Test
    void allOfSeveralAreTakenIntoUseOrNone() throws IOException {
        ContentDigest first = add("first");
        ContentDigest second = add("second");
        ContentDigest missing = new Staged("missing").digest();

        assertThat(cache.use(List.of(first, missing))).isEmpty();
        assertThat(cache.missing(List.of(first, missing, second))).containsExactly(missing);
        try (ContentCache.Lease _ = cache.use(List.of(first, second)).orElseThrow()) {
            assertThat(cache.reserve(21)).isEmpty();
            assertThat(cache.reserve(20)).isPresent();
            assertThat(cache.add(new Staged("third"))).isFalse();
            assertThat(cache.digests()).containsExactlyInAnyOrder(first, second);
        }
    }

    @Test
    void whatIsOnItsWayHasItsRoomBeforeItComes() throws IOException {
        ContentDigest first = add("first");
        ContentDigest second = add("second");
        try (ContentCache.Reservation _ = cache.reserve(40).orElseThrow()) {
            assertThat(cache.digests()).containsExactly(second);
            assertThat(cache.reserve(80)).as("what cannot be has nothing go").isEmpty();
            assertThat(cache.digests()).containsExactly(second);
            assertThat(cache.add(new Staged("third"))).isTrue();
            assertThat(cache.bytes()).isEqualTo(40);
        }
        assertThat(cache.has(first)).isFalse();
        assertThat(cache.reserve(BUDGET)).isPresent();
    }

    @Test
    void theSameModuleIsKeptOnce() throws IOException {
        add("first");
        add("first");

        assertThat(cache.bytes()).isEqualTo(40);
    }

    private ContentDigest add(String name) throws IOException {
        Staged staged = new Staged(name);
        assertThat(cache.add(staged)).isTrue();
        return staged.digest();
    }

    private void use(ContentDigest digest) {
        cache.use(List.of(digest)).orElseThrow().close();
    }

    /** Forty bytes on their way in. */
    private final class Staged implements StagedArtifact {

        private final ContentDigest digest;

        Staged(String name) {
            digest = new ContentDigest(
                    ContentHash.of(name.getBytes(StandardCharsets.UTF_8)).text());
        }

        @Override
        public ContentDigest digest() {
            return digest;
        }

        @Override
        public long size() {
            return 40;
        }

        @Override
        public Path file() {
            return directory.resolve(digest.hex());
        }

        @Override
        public void commit() throws IOException {
            Files.write(file(), new byte[40]);
            Files.setLastModifiedTime(file(), FileTime.from(now));
        }

        @Override
        public void close() {}
    }

    /** Modules by their digest in one directory. */
    private record StoreInDirectory(Path directory) implements ArtifactStore {

        @Override
        public Path temporaryDirectory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StagedArtifact stage(Path file, ContentDigest digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StagedArtifact stage(InputStream upload, long maxBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path locate(ContentDigest digest) throws IOException {
            Path file = directory.resolve(digest.hex());
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return file;
        }

        @Override
        public List<ContentDigest> list() throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> new ContentDigest(file.getFileName().toString()))
                        .toList();
            }
        }

        @Override
        public void delete(ContentDigest digest) throws IOException {
            Files.delete(directory.resolve(digest.hex()));
        }
    }
}

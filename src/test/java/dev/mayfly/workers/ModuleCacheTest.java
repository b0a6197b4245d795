package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleDigest;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleCacheTest {

    private static final long BUDGET = 100;

    private Path directory;
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private ModuleCache cache;

    @BeforeEach
    void open(@TempDir Path in) throws IOException {
        directory = in;
        cache = new ModuleCache(new StoreInDirectory(directory), BUDGET, () -> now);
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() throws IOException {
        ModuleDigest first = add("first");
        ModuleDigest second = add("second");
        use(first);

        ModuleDigest third = add("third");

        assertThat(cache.digests()).containsExactlyInAnyOrder(first, third);
        assertThat(cache.use(second)).isEmpty();
        assertThat(cache.bytes()).isEqualTo(80);
        assertThat(Files.exists(directory.resolve(second.hex()))).isFalse();
    }

    @Test
    void whatIsInUseIsKept() throws IOException {
        ModuleDigest first = add("first");
        ModuleDigest second = add("second");
        try (ModuleCache.Lease _ = cache.use(first).orElseThrow();
                ModuleCache.Lease _ = cache.use(second).orElseThrow()) {
            assertThat(cache.add(new Staged("third"))).isFalse();
            assertThat(cache.digests()).containsExactlyInAnyOrder(first, second);
        }
        assertThat(cache.add(new Staged("third"))).isTrue();
    }

    @Test
    void aLeaseEndsOnce() throws IOException {
        ModuleDigest first = add("first");
        ModuleCache.Lease closed = cache.use(first).orElseThrow();
        closed.close();
        closed.close();
        add("second");
        try (ModuleCache.Lease _ = cache.use(first).orElseThrow()) {
            add("third");
        }

        assertThat(cache.has(first)).isTrue();
    }

    @Test
    void aRestartForgetsNeitherModulesNorTheirUse() throws IOException {
        ModuleDigest first = add("first");
        now = now.plus(Duration.ofHours(1));
        ModuleDigest second = add("second");
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

        cache = new ModuleCache(new StoreInDirectory(directory), 50, () -> now);

        assertThat(cache.bytes()).isEqualTo(40);
    }

    @Test
    void theSameModuleIsKeptOnce() throws IOException {
        add("first");
        add("first");

        assertThat(cache.bytes()).isEqualTo(40);
    }

    private ModuleDigest add(String name) throws IOException {
        Staged staged = new Staged(name);
        assertThat(cache.add(staged)).isTrue();
        return staged.digest();
    }

    private void use(ModuleDigest digest) {
        cache.use(digest).orElseThrow().close();
    }

    /** Forty bytes on their way in. */
    private final class Staged implements StagedArtifact {

        private final ModuleDigest digest;

        Staged(String name) {
            digest = new ModuleDigest(
                    ContentHash.of(name.getBytes(StandardCharsets.UTF_8)).text());
        }

        @Override
        public ModuleDigest digest() {
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
        public StagedArtifact stage(Path file, ModuleDigest digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StagedArtifact stage(InputStream upload, long maxBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path locate(ModuleDigest digest) throws IOException {
            Path file = directory.resolve(digest.hex());
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return file;
        }

        @Override
        public List<ModuleDigest> list() throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> new ModuleDigest(file.getFileName().toString()))
                        .toList();
            }
        }

        @Override
        public void delete(ModuleDigest digest) throws IOException {
            Files.delete(directory.resolve(digest.hex()));
        }
    }
}

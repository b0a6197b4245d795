package dev.mayfly.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final Path root;
    private FileArtifactStore store;

    FileArtifactStoreTest(@TempDir Path root) throws IOException {
        this.root = root;
        this.store = new FileArtifactStore(root);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesBytesUnderTheirDigest() throws IOException {
        try (StagedArtifact staged = store.stage(bytes("abc"), 3)) {
            assertThat(staged.digest()).isEqualTo(new ContentDigest(ABC));
            assertThat(staged.size()).isEqualTo(3);
            assertThat(staged.file()).hasContent("abc");
            staged.commit();
        }

        assertThat(store.locate(new ContentDigest(ABC)))
                .hasContent("abc")
                .isEqualTo(root.resolve("sha256").resolve("ba").resolve(ABC.substring(2)));
        assertThat(store.list()).containsExactly(new ContentDigest(ABC));
        assertThat(staged()).isEmpty();
    }

    @Test
    void takesOverAFileThatOthersHaveWritten() throws IOException {
        Path written = Files.writeString(store.temporaryDirectory().resolve("written"), "abc");
        try (StagedArtifact staged = store.stage(written, new ContentDigest(ABC))) {
            assertThat(staged.size()).isEqualTo(3);
            staged.commit();
        }
        Path dropped = Files.writeString(store.temporaryDirectory().resolve("dropped"), "abc");
        store.stage(dropped, new ContentDigest(ABC)).close();

        assertThat(store.locate(new ContentDigest(ABC))).hasContent("abc");
        assertThat(store.size(new ContentDigest(ABC))).isEqualTo(3);
        assertThat(staged()).isEmpty();
    }

    @Test
    void findsNothingThatWasNotCommitted() throws IOException {
        try (StagedArtifact staged = store.stage(bytes("abc"), 3)) {
            assertThatThrownBy(() -> store.locate(staged.digest())).isInstanceOf(NoSuchFileException.class);
        }

        assertThat(store.list()).isEmpty();
        assertThat(staged()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLargeAndKeepsNoneOfIt() throws IOException {
        assertThatThrownBy(() -> store.stage(bytes("abcd"), 3))
                .isInstanceOfSatisfying(ArtifactTooLargeException.class, e -> assertThat(e.maxBytes())
                        .isEqualTo(3));

        assertThat(staged()).isEmpty();
    }

    @Test
    void stopsReadingWhatIsTooLarge() {
        CountingInput endless = new CountingInput();

        assertThatThrownBy(() -> store.stage(endless, 1_000_000)).isInstanceOf(ArtifactTooLargeException.class);

        assertThat(endless.total).isLessThan(1_200_000);
    }

    @Test
    void readsAnUploadInSmallPieces() {
        CountingInput endless = new CountingInput();

        assertThatThrownBy(() -> store.stage(endless, 10_000_000)).isInstanceOf(ArtifactTooLargeException.class);

        assertThat(endless.largest).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaks() throws IOException {
        InputStream broken = new SequenceInputStream(bytes("half a mod"), new ConnectionReset());

        assertThatThrownBy(() -> store.stage(broken, 1000)).isInstanceOf(UploadException.class);

        assertThat(staged()).isEmpty();
    }

    @Test
    void storesTheSameBytesOnceHoweverManyBringThem() throws Exception {
        int uploads = 8;
        CyclicBarrier together = new CyclicBarrier(uploads);
        try (ExecutorService threads = Executors.newFixedThreadPool(uploads)) {
            Callable<Void> upload = () -> {
                try (StagedArtifact staged = store.stage(bytes("abc"), 3)) {
                    together.await();
                    staged.commit();
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, uploads).mapToObj(i -> upload).toList())) {
                done.get();
            }
        }

        assertThat(store.list()).containsExactly(new ContentDigest(ABC));
        assertThat(store.locate(new ContentDigest(ABC))).hasContent("abc");
        assertThat(staged()).isEmpty();
    }

    @Test
    void commitsAgainAfterATransactionThatWasRolledBack() throws IOException {
        try (StagedArtifact staged = store.stage(bytes("abc"), 3)) {
            staged.commit();
            staged.commit();
        }

        assertThat(store.locate(new ContentDigest(ABC))).hasContent("abc");
    }

    @Test
    void replacesDamagedBytes() throws IOException {
        storeBytes("abc");
        Files.writeString(store.locate(new ContentDigest(ABC)), "abX");

        storeBytes("abc");

        assertThat(store.locate(new ContentDigest(ABC))).hasContent("abc");
    }

    @Test
    void whoReadsADeletedModuleReadsOn() throws IOException {
        storeBytes("abc");
        try (InputStream open = Files.newInputStream(store.locate(new ContentDigest(ABC)))) {
            store.delete(new ContentDigest(ABC));

            assertThat(open).hasContent("abc");
        }
        assertThat(store.list()).isEmpty();
        store.delete(new ContentDigest(ABC));
    }

    @Test
    void sweepsWhatACrashLeftBehind() throws IOException {
        Path abandoned = root.resolve("staging").resolve("of-a-dead-process");
        Files.createDirectories(abandoned);
        Files.writeString(abandoned.resolve("upload-1.part"), "half a mod");
        Files.createFile(root.resolve("staging").resolve("of-a-dead-process.lock"));

        store.close();
        store = new FileArtifactStore(root);

        assertThat(abandoned).doesNotExist();
        assertThat(root.resolve("staging").resolve("of-a-dead-process.lock")).doesNotExist();
    }

    @Test
    void leavesTheUploadsOfALivingProcessAlone() throws IOException {
        try (StagedArtifact staged = store.stage(bytes("abc"), 3)) {
            new FileArtifactStore(root).close();

            staged.commit();
        }
        assertThat(store.locate(new ContentDigest(ABC))).hasContent("abc");
    }

    private void storeBytes(String text) throws IOException {
        try (StagedArtifact staged = store.stage(bytes(text), 1000)) {
            staged.commit();
        }
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(store.temporaryDirectory())) {
            return files.toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static final class ConnectionReset extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("connection reset");
        }
    }

    /** Never ends, and notes how much is asked for. */
    private static final class CountingInput extends InputStream {

        private long total;
        private int largest;

        @Override
        public int read() {
            total++;
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            total += length;
            largest = Math.max(largest, length);
            return length;
        }
    }
}

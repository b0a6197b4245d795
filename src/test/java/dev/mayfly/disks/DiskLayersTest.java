package dev.mayfly.disks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.TestDisks;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DiskLayersTest {

    private static final long MIB = 1024 * 1024;
    private static final int READS = 500;

    @TempDir
    Path work;

    @Test
    void aDiskIsOpenOnceForAllThatLieOnIt() throws Exception {
        DiskLayers layers = layers(8 * MIB);
        DiskReference disk = disk(1);

        try (DiskLease one = layers.lease(disk, List.of());
                DiskLease other = layers.lease(null, List.of(new DiskMount("/a", disk)))) {
            assertThat(one.layers().root())
                    .isSameAs(other.layers().mounts().getFirst().disk());
            assertThat(openFiles()).isEqualTo(1);
        }
    }

    @Test
    void oneThatIsUsedNoMoreStaysOpenForTheNext() throws Exception {
        DiskLayers layers = layers(8 * MIB);
        DiskReference disk = disk(1);
        layers.lease(disk, List.of()).close();

        assertThat(openFiles()).isEqualTo(1);
        layers.forget(disk.digest());
        assertThat(openFiles()).isZero();
    }

    @Test
    void oneThatIsForgottenIsReadToTheEndByThoseThatLieOnIt() throws Exception {
        DiskLayers layers = layers(8 * MIB);
        DiskReference disk = disk(1);
        DiskLease lease = layers.lease(disk, List.of());

        layers.forget(disk.digest());
        Files.delete(fileOf(disk.digest()));

        assertThat(text(lease.layers())).isEqualTo("disk 1");
        lease.close();
        assertThat(openFiles()).isZero();
        assertThatThrownBy(() -> layers.lease(disk, List.of())).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void noMoreStayOpenThanThereIsRoomFor() throws Exception {
        DiskLayers layers = layers(3 * MIB);
        for (int i = 0; i < 10; i++) {
            layers.lease(disk(i), List.of()).close();
        }

        assertThat(openFiles()).isEqualTo(3);
    }

    @Test
    void withRoomForNoneEachIsClosedBehindItsLastUser() throws Exception {
        DiskLayers layers = layers(0);
        try (DiskLease lease = layers.lease(disk(1), List.of())) {
            assertThat(text(lease.layers())).isEqualTo("disk 1");
        }
        assertThat(openFiles()).isZero();
    }

    @Test
    void whoCannotHaveAllGetsNone() throws Exception {
        DiskLayers layers = layers(0);
        DiskReference missing = new DiskReference("missing", 1, digest(77));

        assertThatThrownBy(() -> layers.lease(missing, List.of(new DiskMount("/a", disk(1)))))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(openFiles()).isZero();
    }

    @Test
    void nothingIsClosedWhileItIsInUseHoweverManyComeAndGo() throws Exception {
        DiskLayers layers = layers(2 * MIB);
        List<DiskReference> disks = IntStream.range(0, 6).mapToObj(this::disk).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = Stream.generate(() -> threads.submit(() -> readOften(layers, disks)))
                    .limit(4)
                    .toList();
            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(READS);
            }
        }
        assertThat(openFiles()).isLessThanOrEqualTo(2);
    }

    private static int readOften(DiskLayers layers, List<DiskReference> disks) throws IOException {
        for (int i = 0; i < READS; i++) {
            int number = ThreadLocalRandom.current().nextInt(disks.size());
            try (DiskLease lease = layers.lease(disks.get(number), List.of())) {
                assertThat(text(lease.layers())).isEqualTo("disk " + number);
            }
        }
        return READS;
    }

    private DiskLayers layers(long keptBytes) {
        return new DiskLayers(
                digest -> {
                    if (!Files.exists(fileOf(digest))) {
                        throw new NoSuchFileException(digest.hex());
                    }
                    return fileOf(digest);
                },
                keptBytes);
    }

    /** A disk that is made when it is asked for first. */
    private DiskReference disk(int number) {
        DiskReference reference = new DiskReference("disk", 1, digest(number));
        try {
            if (!Files.exists(fileOf(reference.digest()))) {
                TestDisks.make(
                                fileOf(reference.digest()),
                                writer -> TestDisks.file(writer, writer.tree().root(), "file", "disk " + number))
                        .close();
            }
        } catch (IOException | DiskImageException e) {
            throw new AssertionError(e);
        }
        return reference;
    }

    private static ContentDigest digest(int number) {
        return new ContentDigest("%064x".formatted(number));
    }

    private Path fileOf(ContentDigest digest) {
        return work.resolve(digest.hex());
    }

    private static String text(Layers layers) throws IOException {
        LowerFile file =
                (LowerFile) Objects.requireNonNull(layers.root()).root().node(0);
        ByteBuffer content = ByteBuffer.allocate((int) file.size());
        file.read(0, content, content.capacity());
        return new String(content.array(), StandardCharsets.UTF_8);
    }

    /** How many files of this test the process has open. */
    private long openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(this::isOfThisTest).count();
        }
    }

    private boolean isOfThisTest(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(work.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

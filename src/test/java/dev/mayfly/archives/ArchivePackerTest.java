package dev.mayfly.archives;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Opening;
import dev.mayfly.disk.RegularFile;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disk.layout.TestDisks;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What is in an archive, and what a hostile instance cannot have made of it. */
@SuppressWarnings("NullAway.Init")
class ArchivePackerTest {

    private static final FileLimits LIMITS = new FileLimits(1L << 30, 1_000_000);
    private static final Opening WRITE = new Opening(true, false, false, false, true, true);
    private static final long TIME = 1_700_000_000_123_456_700L;

    @TempDir
    Path work;

    private final AtomicLong clock = new AtomicLong();
    private ArchiveStaging staging;
    private FileSystem files;
    private Directory root;

    @BeforeEach
    void open() throws IOException {
        staging = new ArchiveStaging(work.resolve("staging"));
        use(Layers.NONE);
    }

    private void use(Layers layers) {
        files = new FileSystem(LIMITS, Storage.UNSHARED, () -> TIME, layers);
        root = files.root();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.walk(work.resolve("staging"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
        staging.close();
    }

    @Test
    void namesOfAllKindsAndTimesArrive() throws Exception {
        String umlaut = "\u00e4\u6f22\ud83d\udc1d";
        String longName = "n".repeat(255);
        write("plain", "contents");
        write(umlaut, "unicode");
        write("new\nline =\\ and spaces  ", "odd");
        files.createDirectory(root, longName);
        write(longName + "/" + longName, "long");
        files.createLink("t".repeat(300), root, "longLink");
        files.setTimes(files.find(root, "plain", false), 0, -1_500_000_000L);
        Path target = extract(pack(packer(1 << 20)));
        assertThat(target.resolve("plain")).hasContent("contents");
        assertThat(target.resolve(umlaut)).hasContent("unicode");
        assertThat(target.resolve("new\nline =\\ and spaces  ")).hasContent("odd");
        assertThat(target.resolve(longName).resolve(longName)).hasContent("long");
        assertThat(Files.readSymbolicLink(target.resolve("longLink"))).hasToString("t".repeat(300));
        assertThat(Files.getLastModifiedTime(target.resolve(umlaut)).to(TimeUnit.NANOSECONDS))
                .isEqualTo(TIME);
        assertThat(Files.getLastModifiedTime(target.resolve(longName)).to(TimeUnit.NANOSECONDS))
                .isEqualTo(TIME);
        assertThat(Files.getLastModifiedTime(target.resolve("plain")).to(TimeUnit.NANOSECONDS))
                .isEqualTo(-1_500_000_000L);
    }

    @Test
    void gnuTarMakesTheFilesThatTheInstanceSawOfACopyOfItsDisk() throws Exception {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), image -> {
            TestDisks.file(image, image.tree().root(), "kept", "kept");
            TestDisks.file(image, image.tree().root(), "changed", "before");
            TestDisks.file(image, image.tree().directory(image.tree().root(), "dir", 1), "inner", "inner");
        });
        use(new Layers(disk, List.of()));
        write("changed", "after!");
        write("dir/new", "new");
        files.link(root, "dir/new", false, root, "name");
        files.createLink("dir/inner", root, "link");
        Path copy = Files.createDirectories(work.resolve("copy"));
        Files.writeString(copy.resolve("kept"), "kept");
        Files.writeString(copy.resolve("changed"), "before");
        Files.writeString(Files.createDirectory(copy.resolve("dir")).resolve("inner"), "inner");
        extract(pack(packer(1 << 20)), copy);
        assertThat(copy.resolve("kept")).hasContent("kept");
        assertThat(copy.resolve("changed")).hasContent("after!");
        assertThat(copy.resolve("dir/inner")).hasContent("inner");
        assertThat(copy.resolve("link")).isSymbolicLink().hasContent("inner");
        assertThat(Files.isSameFile(copy.resolve("name"), copy.resolve("dir/new")))
                .isTrue();
        assertThat(Files.getPosixFilePermissions(copy.resolve("name"), LinkOption.NOFOLLOW_LINKS))
                .hasToString("[OWNER_READ, OWNER_WRITE, GROUP_READ, OTHERS_READ]");
    }

    @Test
    void removalsAreWhiteoutsAndAReplacedDirectoryIsOpaque() throws Exception {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), image -> {
            TestDisks.file(image, image.tree().root(), "gone", "x");
            TestDisks.file(image, image.tree().directory(image.tree().root(), "dir", 1), "inner", "x");
        });
        use(new Layers(disk, List.of()));
        files.unlink(root, "gone");
        files.unlink(root, "dir/inner");
        files.removeDirectory(root, "dir");
        files.createDirectory(root, "dir");
        write("dir/new", "y");
        assertThat(TarFiles.entries(pack(packer(1 << 20))))
                .containsExactly(
                        entry(".wh.gone", ""),
                        entry("dir/", "dir"),
                        entry("dir/.wh..wh..opq", ""),
                        entry("dir/new", "y"));
    }

    @Test
    void nothingOfTheProcessIsInIt() throws Exception {
        write("f", "x");
        byte[] archive = pack(packer(1 << 20));
        Path file = Files.write(work.resolve("a.tar.gz"), archive);
        String listed = DiskTools.listTar(file);
        assertThat(listed).startsWith("-rw-r--r-- 0/0 ");
        assertThat(new String(
                        new GZIPInputStream(Files.newInputStream(file)).readAllBytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(System.getProperty("user.name"));
    }

    @Test
    void aFileOfZerosAsLongAsCanBeTakesNoTimeAndNoRoom() throws Exception {
        RegularFile file = write("hole", "");
        file.resize(1L << 40);
        requireRefused(packer(1 << 20), ArchiveState.TOO_LARGE);
    }

    @Test
    void manySmallFilesAreTooLargeTogether() throws Exception {
        for (int i = 0; i < 1000; i++) {
            write("f" + i, "");
        }
        requireRefused(packer(500_000), ArchiveState.TOO_LARGE);
        assertThat(TarFiles.entries(pack(packer(2_000_000)))).hasSize(1000);
    }

    @Test
    void packingEndsWhenItsTimeIsOver() throws Exception {
        write("f", "x".repeat(1_000_000));
        ArchivePacker slow = new ArchivePacker(staging, properties(1 << 30), () -> clock.getAndAdd(1_000_000_000));
        requireRefused(slow, ArchiveState.TOO_SLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.f", ".wh.", ".wh..wh..opq"})
    void aNameLikeAWhiteoutIsRefused(String name) throws Exception {
        files.createDirectory(root, "d");
        write("d/" + name, "x");
        requireRefused(packer(1 << 20), ArchiveState.UNREPRESENTABLE);
    }

    @Test
    void aPathThatLinuxCouldNotOpenIsRefused() throws Exception {
        Directory at = root;
        for (int i = 0; i < 20; i++) {
            files.createDirectory(at, "d".repeat(255));
            at = (Directory) files.open(at, "d".repeat(255), new Opening(false, false, true, false, false, true));
        }
        requireRefused(packer(1 << 20), ArchiveState.UNREPRESENTABLE);
    }

    @Test
    void nothingChangedIsNoArchive() throws Exception {
        requireRefused(packer(1 << 20), ArchiveState.UNCHANGED);
    }

    private void requireRefused(ArchivePacker packer, ArchiveState state) {
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> packer.pack(files))
                .satisfies(refused -> assertThat(refused.state()).isEqualTo(state));
    }

    private RegularFile write(String path, String contents) throws FileException {
        RegularFile file = (RegularFile) files.open(root, path, WRITE);
        file.write(0, ByteBuffer.wrap(contents.getBytes(StandardCharsets.UTF_8)));
        files.close(file);
        return file;
    }

    private ArchivePacker packer(long maxBytes) {
        return new ArchivePacker(staging, properties(maxBytes), clock::get);
    }

    private static ArchiveProperties properties(long maxBytes) {
        return new ArchiveProperties(
                Duration.ofHours(1),
                DataSize.ofBytes(maxBytes),
                Duration.ofSeconds(10),
                DataSize.ofGigabytes(1),
                null,
                null,
                Duration.ofMinutes(1));
    }

    private byte[] pack(ArchivePacker packer) throws IOException, FileException {
        try (StagedArchive packed = packer.pack(files)) {
            assertThat(Files.size(packed.file())).isEqualTo(packed.bytes());
            return Files.readAllBytes(packed.file());
        }
    }

    private Path extract(byte[] archive) throws IOException {
        return extract(archive, Files.createDirectory(work.resolve("extracted")));
    }

    private Path extract(byte[] archive, Path target) throws IOException {
        Path file = Files.write(work.resolve("archive.tar.gz"), archive);
        DiskTools.untar(file, target);
        return target;
    }
}

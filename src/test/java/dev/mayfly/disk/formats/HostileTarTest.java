package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@SuppressWarnings("NullAway.Init")
class HostileTarTest {

    private static final DiskLimits LIMITS = new DiskLimits(10 << 20, 1_000);

    @TempDir
    Path work;

    /** Writes entries. */
    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escape", "a/../../escape", "a/..", "/../etc/passwd"})
    void pathsThatLeadUpwardsAreRefused(String path) throws IOException {
        assertThat(refusal(tar -> file(tar, path, "x"))).isEqualTo(Reason.INVALID_PATH);
    }

    @Test
    void anAbsolutePathIsOneFromTheRoot() throws Exception {
        assertThat(lay(tar -> file(tar, "/etc/passwd", "x")).disk().files()).isEqualTo(3);
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        assertThat(refusal(tar -> {
                    link(tar, "etc", "/other");
                    file(tar, "etc/passwd", "x");
                }))
                .isEqualTo(Reason.INVALID_PATH);
        assertThat(refusal(tar -> {
                    file(tar, "etc", "x");
                    file(tar, "etc/passwd", "x");
                }))
                .isEqualTo(Reason.INVALID_PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "link, ../out",
        "a/link, ../../out",
        "a/b/link, ../../../out",
        "a/link, b/../../..",
        "link, /..",
        "link, /a/../../b"
    })
    void linksThatLeadOutAreRefused(String path, String target) throws IOException {
        assertThat(refusal(tar -> link(tar, path, target))).isEqualTo(Reason.INVALID_LINK);
    }

    @Test
    void linksWithinMayLeadNowhereAndInCircles() throws Exception {
        assertThat(lay(tar -> {
                            link(tar, "a/up", "../b");
                            link(tar, "b", "a/up");
                            link(tar, "nowhere", "/no/such/file");
                        })
                        .disk()
                        .files())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "../out", "directory", "later"})
    void hardLinksLeadToFilesBeforeThem(String target) throws IOException {
        assertThat(refusal(tar -> {
                    directory(tar, "directory/");
                    TarArchiveEntry entry = new TarArchiveEntry("hard", TarConstants.LF_LINK);
                    entry.setLinkName(target);
                    tar.putArchiveEntry(entry);
                    tar.closeArchiveEntry();
                    file(tar, "later", "x");
                }))
                .isIn(Reason.INVALID_LINK, Reason.INVALID_PATH);
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
    void devicesAndPipesAreRefused(byte type) throws IOException {
        assertThat(refusal(tar -> {
                    tar.putArchiveEntry(new TarArchiveEntry("dev", type));
                    tar.closeArchiveEntry();
                }))
                .isEqualTo(Reason.SPECIAL_FILE);
    }

    @Test
    void overlongNamesAreRefused() throws IOException {
        assertThat(refusal(tar -> file(tar, "n".repeat(256), "x"))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(refusal(tar -> file(tar, "ü".repeat(128), "x"))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(refusal(tar -> file(tar, "abcdefghi/".repeat(410) + "f", "x")))
                .isIn(Reason.TOO_DEEP, Reason.NAME_TOO_LONG);
        assertThat(refusal(tar -> link(tar, "link", "x".repeat(5_000)))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(refusal(tar -> {
                    TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
                    name.setSize(2_000_000);
                    tar.putArchiveEntry(name);
                    tar.write("n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8));
                    tar.closeArchiveEntry();
                    file(tar, "short", "x");
                }))
                .isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(refusal(tar -> file(tar, "a/".repeat(300) + "f", "x"))).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void aDirectoryWithContentsIsNotReplacedByAFile() throws IOException {
        assertThat(refusal(tar -> {
                    file(tar, "a/b", "x");
                    file(tar, "a", "x");
                }))
                .isEqualTo(Reason.DUPLICATE_NAME);
    }

    @Test
    void theLastEntryOfANameCounts() throws Exception {
        assertThat(lay(tar -> {
                            file(tar, "a", "first");
                            file(tar, "a", "second");
                            directory(tar, "b/");
                            file(tar, "b", "third");
                        })
                        .disk()
                        .files())
                .isEqualTo(3);
    }

    @Test
    void whatUnpacksToTooMuchIsRefused() throws IOException {
        Path bomb = work.resolve("bomb");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(100L << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        assertThat(Files.size(bomb)).isLessThan(200_000);
        assertThat(refusalOf(bomb)).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(tar -> {
                    for (int i = 0; i < 1_001; i++) {
                        file(tar, "f" + i, "");
                    }
                }))
                .isEqualTo(Reason.TOO_MANY_FILES);
    }

    @Test
    void anArchiveThatEndsEarlyIsRefused() throws IOException {
        Path whole = write(tar -> file(tar, "a", "x".repeat(5_000)));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(work.resolve("cut"), java.util.Arrays.copyOf(bytes, 2_000));
        assertThat(refusalOf(cut)).isIn(Reason.MALFORMED, Reason.SIZE_MISMATCH, Reason.TRUNCATED);
    }

    /** The checksum is behind the end of the archive. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd"})
    void anArchiveThatDoesNotHaveItsChecksumIsRefused(String compression) throws IOException, DiskImageException {
        byte[] archive = Files.readAllBytes(write(tar -> file(tar, "a", "x".repeat(5_000))));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing(compression, packed)) {
            out.write(archive);
        }
        byte[] bytes = packed.toByteArray();
        Path image = Files.write(work.resolve("packed"), bytes);
        assertThat(layImage(image).disk().files()).isEqualTo(2);
        bytes[checksumAt(compression, bytes)] ^= 1;
        assertThat(refusalOf(Files.write(image, bytes))).isEqualTo(Reason.CORRUPT_DATA);
    }

    private static OutputStream packing(String compression, OutputStream target) throws IOException {
        return switch (compression) {
            case "gzip" -> new GZIPOutputStream(target);
            case "xz" -> new XZOutputStream(target, new LZMA2Options());
            default -> new ZstdOutputStream(target).setChecksum(true);
        };
    }

    private static int checksumAt(String compression, byte[] bytes) {
        return switch (compression) {
            case "gzip" -> bytes.length - 8;
            case "xz" -> {
                int index =
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
                yield bytes.length - 12 - (index + 1) * 4 - 1;
            }
            default -> bytes.length - 1;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hsqs", "PK\u0003\u0004 a zip is no disk"})
    void whatIsNoImageIsRefused(String text) throws IOException {
        Path file = Files.writeString(work.resolve("text"), text);
        assertThat(refusalOf(file)).isIn(Reason.UNKNOWN_FORMAT, Reason.TRUNCATED);
    }

    private Reason refusal(Entries entries) throws IOException {
        return refusalOf(write(entries));
    }

    private Reason refusalOf(Path image) {
        DiskImageException refused = catchThrowableOfType(DiskImageException.class, () -> new DiskImporter(LIMITS)
                .lay(image, Channels.newChannel(OutputStream.nullOutputStream())));
        assertThat(refused).as("refused").isNotNull();
        return refused.reason();
    }

    private ImportedDisk lay(Entries entries) throws IOException, DiskImageException {
        return layImage(write(entries));
    }

    private static ImportedDisk layImage(Path image) throws IOException, DiskImageException {
        return new DiskImporter(LIMITS).lay(image, Channels.newChannel(OutputStream.nullOutputStream()));
    }

    private Path write(Entries entries) throws IOException {
        Path image = Files.createTempFile(work, "image", ".tar");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(Files.newOutputStream(image), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            entries.write(tar);
        }
        return image;
    }

    private static void file(TarArchiveOutputStream tar, String path, String contents) throws IOException {
        byte[] bytes = contents.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void directory(TarArchiveOutputStream tar, String path) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(path));
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}

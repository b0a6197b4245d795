package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are right in all but one respect, in which they are hostile. */
@SuppressWarnings("NullAway.Init")
class HostileImagesIT {

    private static final DiskLimits LIMITS = new DiskLimits(64 << 20, 2_000);

    @TempDir
    Path work;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = SmallTree.make(Files.createDirectory(work.resolve("tree")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev c 644 0 0 1 3", "dev b 644 0 0 8 0", "pipe i 644 0 0 f", "socket i 644 0 0 s"})
    void squashfsWithADeviceOrPipe(String pseudo) throws IOException {
        assertThat(refusal(DiskTools.squashfs(tree, image(), "-p", pseudo))).isEqualTo(Reason.SPECIAL_FILE);
    }

    @ParameterizedTest
    @CsvSource({
        "mknod pipe p, SPECIAL_FILE",
        "mknod device c 1 3, SPECIAL_FILE",
        "mknod device b 8 0, SPECIAL_FILE",
        "link a a/b/loop, LOOP",
        "link / a/root, LOOP",
        "link a twice, LOOP",
        "symlink out ../../etc, INVALID_LINK",
        "set_inode_field a/short size 99999999999999, TOO_LARGE",
        "set_inode_field link size 70, MALFORMED",
        "set_inode_field a/short block[0] 4294967295, MALFORMED",
        "set_super_value feature_incompat 0x46, UNSUPPORTED",
        "feature needs_recovery, UNSUPPORTED",
        "set_super_value blocks_count 9999999, TRUNCATED",
        "set_super_value inodes_per_group 0, MALFORMED",
        "set_super_value log_block_size 40, MALFORMED",
        "set_super_value inode_size 100, MALFORMED"
    })
    void ext2ChangedWithDebugfs(String command, Reason expected) throws IOException {
        Path image = DiskTools.ext(tree, image(), 600, "-t", "ext2", "-b", "1024");
        DiskTools.debugfs(image, command);
        assertThat(refusal(image)).isIn(expected, Reason.UNSUPPORTED, Reason.INVALID_NAME);
    }

    /** Offsets in the superblock, and what is put there. */
    @ParameterizedTest
    @CsvSource({
        "28, 5, UNSUPPORTED",
        "20, 3, UNSUPPORTED",
        "12, 12345, MALFORMED",
        "22, 40, MALFORMED",
        "32, 0x7FFFFFFFFFFF, TRUNCATED",
        "64, -8, TRUNCATED",
        "72, 0x7000000000000000, TRUNCATED",
        "80, -1, TRUNCATED",
        "16, 0, MALFORMED"
    })
    void squashfsWithAWrongSuperblock(int at, String number, Reason expected) throws IOException {
        Path image = DiskTools.squashfs(tree, image());
        byte[] bytes = Files.readAllBytes(image);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 32) {
            buffer.putShort(at, (short) Integer.decode(number).intValue());
        } else {
            buffer.putLong(at, Long.decode(number));
        }
        assertThat(refusal(Files.write(image, bytes))).isIn(expected, Reason.MALFORMED, Reason.CORRUPT_DATA);
    }

    /** Names as long as the one that they take the place of, which is {@code short}. */
    @ParameterizedTest
    @ValueSource(strings = {"../up", "/etc/", "a/../", "a\0..\0", "\u00FF\u00FE..x"})
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        Path ext2 = DiskTools.ext(tree, image(), 600, "-t", "ext2", "-b", "1024");
        assertThat(refusal(renamed(ext2, name))).isEqualTo(Reason.INVALID_NAME);
        Files.delete(image());
        Path squashfs = DiskTools.squashfs(tree, image(), "-noI", "-noD", "-noF");
        assertThat(refusal(renamed(squashfs, name))).isEqualTo(Reason.INVALID_NAME);
    }

    private static Path renamed(Path image, String name) throws IOException {
        String bytes = new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1);
        return Files.write(image, bytes.replace("short", name).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Files that lie next to each other take turns of two fragments, so that each is unpacked for each file. */
    @Test
    void squashfsThatTakesMuchMoreUnpackingThanItHasContentsIsRefused() throws IOException, DiskImageException {
        Path turns = Files.createDirectory(work.resolve("turns"));
        StringBuilder order = new StringBuilder();
        for (int i = 100; i < 180; i++) {
            Files.writeString(turns.resolve("file" + i), (i + " of many ").repeat(300));
            order.append("file").append(i).append(i % 2 == 0 ? " 100\n" : " -100\n");
        }
        Path sorted = Files.writeString(work.resolve("order"), order);
        Path image = DiskTools.squashfs(turns, image(), "-sort", sorted.toString());
        assertThat(refusalOf(image, new DiskLimits(300_000, 100))).isEqualTo(Reason.TOO_LARGE);
        assertThat(lay(image, new DiskLimits(3_000_000, 100)).disk().files()).isEqualTo(81);
    }

    @Test
    void squashfsThatIsCutOff() throws IOException {
        Path image = DiskTools.squashfs(tree, image(), "-noI", "-noD", "-noF", "-nopad");
        byte[] bytes = Files.readAllBytes(image);
        for (int length = 4; length < bytes.length - 200; length += 997) {
            assertThat(refusal(Files.write(image, java.util.Arrays.copyOf(bytes, length))))
                    .isNotNull();
        }
    }

    private Path image() {
        return work.resolve("image");
    }

    private static Reason refusal(Path image) {
        return refusalOf(image, LIMITS);
    }

    private static ImportedDisk lay(Path image, DiskLimits limits) throws IOException, DiskImageException {
        return new DiskImporter(limits).lay(image, Channels.newChannel(OutputStream.nullOutputStream()));
    }

    private static Reason refusalOf(Path image, DiskLimits limits) {
        DiskImageException refused = catchThrowableOfType(DiskImageException.class, () -> lay(image, limits));
        assertThat(refused).as("refused").isNotNull();
        return refused.reason();
    }
}

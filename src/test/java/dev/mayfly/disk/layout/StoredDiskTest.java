package dev.mayfly.disk.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class StoredDiskTest {

    private static final int LENGTH = 1_000_000;

    @TempDir
    Path work;

    @Test
    void anyPartOfAFileWithHolesIsRead() throws IOException, DiskImageException {
        byte[] expected = new byte[LENGTH];
        new Random(3).nextBytes(expected);
        Arrays.fill(expected, 100_000, 400_000, (byte) 0);
        Arrays.fill(expected, 700_000, LENGTH, (byte) 0);
        StoredDisk disk = TestDisks.make(work.resolve("disk"), writer -> {
            FileContents contents = writer.file(5);
            contents.write(expected, 0, 150_000);
            contents.skip(200_000);
            contents.write(expected, 350_000, 400_000);
            contents.skip(250_000);
            writer.tree().name(writer.tree().root(), "file", contents.end());
        });
        LowerFile file = (LowerFile) disk.root().node(0);
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            int from = random.nextInt(LENGTH);
            int length = random.nextInt(Math.min(LENGTH - from, 1 << (1 + random.nextInt(18))) + 1);
            ByteBuffer target = ByteBuffer.allocate(length + 2).position(1);
            file.read(from, target, length);
            assertThat(target.position()).isEqualTo(length + 1);
            assertThat(Arrays.equals(target.array(), 1, length + 1, expected, from, from + length))
                    .isTrue();
        }
    }

    @Test
    void zerosTakeNothing() throws IOException, DiskImageException {
        Path file = work.resolve("disk");
        StoredDisk disk = TestDisks.make(file, writer -> {
            TestDisks.file(writer, writer.tree().root(), "zeros", new byte[10_000_000]);
            FileContents hole = writer.file(5);
            hole.skip(DiskLimits.MAX_FILE_BYTES);
            writer.tree().name(writer.tree().root(), "hole", hole.end());
        });
        assertThat(Files.size(file)).isLessThan(1_000);
        assertThat(((LowerFile) disk.root().node(disk.root().find("hole"))).size())
                .isEqualTo(DiskLimits.MAX_FILE_BYTES);
    }

    @Test
    void aLargeDirectoryIsSearchedWithoutReadingAllOfIt() throws IOException, DiskImageException {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), writer -> {
            for (int i = 0; i < 20_000; i++) {
                writer.tree().link(writer.tree().root(), "ä" + i, "target " + i, 0);
            }
        });
        LowerDirectory root = disk.root();
        assertThat(root.count()).isEqualTo(20_000);
        for (int i = 0; i < 20_000; i += 77) {
            assertThat(root.entry(root.find("ä" + i)).name()).isEqualTo("ä" + i);
        }
        assertThat(root.find("ä")).isEqualTo(-1);
        assertThat(root.find("ä20000")).isEqualTo(-1);
        assertThat(root.find("")).isEqualTo(-1);
        assertThat(disk.nodes()).isEqualTo(20_001);
    }

    @Test
    void theSameTreeIsTheSameDisk() throws IOException, DiskImageException {
        TestDisks.make(work.resolve("one"), StoredDiskTest::twoFiles);
        TestDisks.make(work.resolve("other"), StoredDiskTest::twoFiles);
        assertThat(Files.mismatch(work.resolve("one"), work.resolve("other"))).isEqualTo(-1);
    }

    private static void twoFiles(DiskWriter writer) throws IOException, DiskImageException {
        TestDisks.file(writer, writer.tree().root(), "b", "contents");
        TestDisks.file(writer, writer.tree().directory(writer.tree().root(), "a", 3), "c", "others");
    }

    @Test
    void damageOfTheTablesIsNoticed() throws IOException, DiskImageException {
        Path file = work.resolve("disk");
        TestDisks.make(file, StoredDiskTest::twoFiles);
        byte[] intact = Files.readAllBytes(file);
        int contents = "contentsothers".length();
        for (int at = contents; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= 4;
            Path copy = Files.write(work.resolve("damaged"), damaged);
            assertThatThrownBy(() -> StoredDisk.open(copy)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> StoredDisk.open(Files.write(work.resolve("short"), new byte[5])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsMoreThanADiskMayBeIsRefused() {
        DiskWriter disk =
                new DiskWriter(Channels.newChannel(java.io.OutputStream.nullOutputStream()), new DiskLimits(1_000, 3));
        assertThatThrownBy(() -> TestDisks.file(disk, disk.tree().root(), "large", new byte[1_001]))
                .isInstanceOfSatisfying(DiskImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(DiskImageException.Reason.TOO_LARGE));
        assertThatThrownBy(() -> {
                    for (String name : new String[] {"a", "b", "c"}) {
                        disk.tree().directory(disk.tree().root(), name, 0);
                    }
                })
                .isInstanceOfSatisfying(DiskImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(DiskImageException.Reason.TOO_MANY_FILES));
    }
}

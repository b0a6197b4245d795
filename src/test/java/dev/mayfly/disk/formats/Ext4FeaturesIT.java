package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What images of ext4 may have: each feature is read, or refused by its name; and damage is seen where there are checksums. */
@SuppressWarnings("NullAway.Init")
class Ext4FeaturesIT {

    private static final DiskLimits LIMITS = new DiskLimits(64 << 20, 5_000);
    private static final int FLIPS = Integer.getInteger("mayfly.disks.flips", 300);
    private static final Pattern SUM = Pattern.compile(", -?\\d+ at");

    @TempDir
    static Path shared;

    private static Path tree;

    @TempDir
    Path work;

    /** The tree, with a file of so many pieces that their list takes levels, and a directory that an index is of use for. */
    @BeforeAll
    static void makeTree() throws IOException {
        tree = SmallTree.make(Files.createDirectory(shared.resolve("tree")));
        try (RandomAccessFile pieces =
                new RandomAccessFile(tree.resolve("pieces").toFile(), "rw")) {
            for (int i = 0; i < 1_200; i++) {
                pieces.seek(i * 8_192L);
                pieces.write(1 + i % 100);
            }
        }
        Path many = Files.createDirectory(tree.resolve("many"));
        for (int i = 0; i < 900; i++) {
            Files.createFile(many.resolve("a file with a name that is not short " + i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata_csum,64bit",
                "metadata_csum,^64bit",
                "metadata_csum,metadata_csum_seed",
                "metadata_csum,inline_data",
                "uninit_bg,^metadata_csum",
                "uninit_bg,^metadata_csum,64bit",
                "^metadata_csum",
                "sparse_super2",
                "large_dir",
                "ea_inode",
                "bigalloc",
                "verity",
                "quota,project",
                "mmp",
                "orphan_file"
            })
    void isReadWith(String features) throws IOException, DiskImageException {
        Path image = DiskTools.ext(tree, image(), 20_000, "-t", "ext4", "-b", "1024", "-O", features);
        assertSameTree(image);
        DiskTools.index(image);
        assertSameTree(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-b 1024 -g 256",
                "-b 1024 -g 256 -E packed_meta_blocks=0",
                "-b 4096 -g 1024",
                "-b 1024 -g 512 -I 128"
            })
    void isReadWithDescriptorsInTheirGroups(String options) throws IOException, DiskImageException {
        String all = "-t ext4 -O meta_bg,^resize_inode,^flex_bg -N 4096 " + options;
        Path image = DiskTools.ext(tree, image(), 40_000, all.split(" ", -1));
        assertSameTree(image);
    }

    @ParameterizedTest
    @CsvSource({"encrypt, encrypt", "casefold, casefold"})
    void isRefusedByNameWith(String features, String named) throws IOException {
        Path image = DiskTools.ext(tree, image(), 20_000, "-t", "ext4", "-b", "1024", "-O", features);
        assertThatThrownBy(() -> lay(image)).isInstanceOfSatisfying(DiskImageException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(e).hasMessageContaining(named);
        });
    }

    @ParameterizedTest
    @CsvSource({"0x180000, verity", "0x80800, encrypted"})
    void aFileIsRefusedThatIsNotReadAsItIsStored(String flags, String named) throws IOException {
        Path image = DiskTools.ext(tree, image(), 20_000, "-t", "ext4", "-b", "1024");
        DiskTools.debugfs(image, "set_inode_field a/b/text flags " + flags);
        assertThatThrownBy(() -> lay(image)).isInstanceOfSatisfying(DiskImageException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(e).hasMessageContaining(named);
        });
    }

    /** A file of which only its own description has changed is not taken for what it was. */
    @Test
    void aBitThatFlippedIsRefusedOrChangesNothingButContents() throws IOException {
        Path image =
                DiskTools.ext(tree, image(), 6_000, "-t", "ext4", "-b", "1024", "-O", "^has_journal,^resize_inode");
        DiskTools.index(image);
        byte[] intact = Files.readAllBytes(image);
        Map<String, String> expected = withoutContents(Description.of(tree));
        Random random = new Random(9);
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < FLIPS; ) {
            int at = random.nextInt(intact.length);
            if (intact[at] != 0) {
                byte[] flipped = intact.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                ends.merge(endOf(Files.write(image, flipped), expected), 1, Integer::sum);
                i++;
            }
        }
        System.out.println(FLIPS + " flipped bits: " + ends);
        assertThat(ends).containsKey(Reason.CORRUPT_DATA.toString());
        assertThat(ends).doesNotContainKeys(Reason.MALFORMED.toString(), Reason.LOOP.toString());
    }

    private String endOf(Path image, Map<String, String> expected) throws IOException {
        try {
            Map<String, String> read = withoutContents(lay(image));
            read.remove("lost+found");
            assertThat(read).isEqualTo(expected);
            return "read";
        } catch (DiskImageException e) {
            return e.reason().toString();
        }
    }

    private void assertSameTree(Path image) throws IOException, DiskImageException {
        Map<String, String> expected = Description.of(tree);
        Map<String, String> read = lay(image);
        assertThat(read.remove("lost+found")).startsWith("directory");
        assertThat(withoutRoot(read)).isEqualTo(withoutRoot(expected));
    }

    private Map<String, String> lay(Path image) throws IOException, DiskImageException {
        Path disk = work.resolve("disk");
        Files.deleteIfExists(disk);
        try (FileChannel target = FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(LIMITS).lay(image, target);
        }
        try (StoredDisk laid = StoredDisk.open(disk)) {
            return Description.of(laid);
        }
    }

    private static Map<String, String> withoutRoot(Map<String, String> description) {
        Map<String, String> copy = new TreeMap<>(description);
        copy.remove("");
        return copy;
    }

    /** Contents have no checksums, nor have long targets of links. */
    private static Map<String, String> withoutContents(Map<String, String> description) {
        Map<String, String> copy = withoutRoot(description);
        copy.replaceAll((path, line) -> line.startsWith("link") && line.length() > 60
                ? "link"
                : SUM.matcher(line).replaceFirst(" at"));
        return copy;
    }

    private Path image() {
        return work.resolve("image");
    }
}

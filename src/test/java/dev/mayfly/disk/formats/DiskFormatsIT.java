package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.MappedDisk;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images as the tools make them that everybody uses are read back as the directory that they were made of. */
@SuppressWarnings("NullAway.Init")
class DiskFormatsIT {

    private static final DiskLimits LIMITS = new DiskLimits(1L << 30, 100_000);

    @TempDir
    static Path shared;

    private static Path tree;
    private static Map<String, String> expected;

    @TempDir
    Path work;

    @BeforeAll
    static void makeTree() throws IOException {
        tree = SampleTree.make(Files.createDirectory(shared.resolve("tree")));
        expected = Description.of(tree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-comp gzip",
                "-comp xz",
                "-comp lz4",
                "-comp lz4 -Xhc",
                "-comp zstd",
                "-comp zstd -Xcompression-level 22",
                "-comp gzip -b 4096",
                "-comp zstd -b 1048576",
                "-comp xz -Xbcj x86",
                "-no-fragments",
                "-noI -noD -noF",
                "-always-use-fragments",
                "-no-sparse"
            })
    void squashfs(String options) throws IOException, DiskImageException {
        Path image = DiskTools.squashfs(tree, work.resolve("image"), options.split(" ", -1));
        assertSame(read(image, DiskFormat.SQUASHFS), expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ext4",
                "-t ext4 -b 1024",
                "-t ext4 -b 4096 -O inline_data",
                "-t ext4 -I 512 -O inline_data",
                "-t ext4 -O ^64bit,^metadata_csum",
                "-t ext4 -O ^extents,^64bit",
                "-t ext4 -O ^has_journal,^flex_bg",
                "-t ext3",
                "-t ext2",
                "-t ext2 -b 1024 -I 128 -O ^filetype"
            })
    void ext4(String options) throws IOException, DiskImageException {
        Path image = DiskTools.ext(tree, work.resolve("image"), 20_000, options.split(" ", -1));
        Map<String, String> read = read(image, DiskFormat.EXT4);
        assertThat(read.remove("lost+found")).startsWith("directory");
        if (options.contains("inline_data")) {
            read.put("sparse", expected.get("sparse")); // mke2fs writes a wrong size into the image
        }
        assertSame(withoutTimeOfRoot(read), withoutTimeOfRoot(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "gnu --sparse", "pax --sparse"})
    void tar(String format) throws IOException, DiskImageException {
        String[] options = ("--format=" + format).split(" ", -1);
        assertSame(read(DiskTools.tar(tree, work.resolve("image"), options), DiskFormat.TAR), expected);
    }

    @Test
    void tarCompressedWithGzip() throws IOException, DiskImageException {
        assertSame(read(DiskTools.tar(tree, work.resolve("image"), "--gzip"), DiskFormat.TAR_GZIP), expected);
    }

    @Test
    void tarCompressedWithXz() throws IOException, DiskImageException {
        DiskTools.tool("xz");
        assertSame(read(DiskTools.tar(tree, work.resolve("image"), "--xz"), DiskFormat.TAR_XZ), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-3", "-19", "--ultra -20", "--fast=5", "--long=24 -3"})
    void tarCompressedWithZstd(String options) throws IOException, DiskImageException {
        String zstd = DiskTools.tool("zstd") + " " + options;
        assertSame(read(DiskTools.tar(tree, work.resolve("image"), "-I", zstd), DiskFormat.TAR_ZSTD), expected);
    }

    private Map<String, String> read(Path image, DiskFormat format) throws IOException, DiskImageException {
        Path disk = work.resolve("disk");
        try (FileChannel target = FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ImportedDisk imported = new DiskImporter(LIMITS).lay(image, target);
            assertThat(imported.format()).isEqualTo(format);
            assertThat(imported.disk().bytes()).isEqualTo(Files.size(disk));
        }
        return Description.of(MappedDisk.open(disk));
    }

    private static void assertSame(Map<String, String> read, Map<String, String> wanted) {
        assertThat(difference(read, wanted)).isEmpty();
        assertThat(difference(wanted, read)).isEmpty();
    }

    private static Map<String, String> difference(Map<String, String> one, Map<String, String> other) {
        Map<String, String> rest = new TreeMap<>(one);
        rest.entrySet().removeAll(other.entrySet());
        return rest;
    }

    /** What makes the image of the whole directory writes to its root. */
    private static Map<String, String> withoutTimeOfRoot(Map<String, String> description) {
        Map<String, String> copy = new TreeMap<>(description);
        copy.remove("");
        return copy;
    }
}

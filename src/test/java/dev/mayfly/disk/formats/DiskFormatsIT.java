package dev.mayfly.disk.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.disk.FileError;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.RegularFile;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
                "-no-sparse",
                "-nopad",
                "-xattrs",
                "-no-xattrs -no-exports -no-duplicates",
                "-comp gzip -Xcompression-level 1 -Xwindow-size 8",
                "-comp gzip -Xstrategy huffman_only,run_length_encoded",
                "-comp lz4 -noI -noF -always-use-fragments",
                "-b 1M -always-use-fragments -comp zstd"
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
    @ValueSource(strings = {"lzo", "lzma"})
    void squashfsWithACompressionThatThereIsNotIsRefused(String compression) throws IOException {
        Path image = DiskTools.squashfs(tree, work.resolve("image"), "-comp", compression);
        assertThatThrownBy(() -> read(image, DiskFormat.SQUASHFS))
                .isInstanceOfSatisfying(DiskImageException.class, e -> {
                    assertThat(e.reason()).isEqualTo(DiskImageException.Reason.UNSUPPORTED);
                    assertThat(e).hasMessageContaining(compression);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gnu",
                "pax",
                "gnu --sparse",
                "pax --sparse",
                "pax --sparse --sparse-version=0.0",
                "pax --sparse --sparse-version=0.1",
                "posix --xattrs"
            })
    void tar(String format) throws IOException, DiskImageException {
        String[] options = ("--format=" + format).split(" ", -1);
        assertSame(read(DiskTools.tar(tree, work.resolve("image"), options), DiskFormat.TAR), expected);
    }

    /** Formats that have no room for long names. */
    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "ustar"})
    void tarOfOldFormats(String format) throws IOException, DiskImageException {
        Path plain = plainTree();
        Path image = DiskTools.tar(plain, work.resolve("image"), "--format=" + format);
        assertSame(read(image, DiskFormat.TAR), Description.of(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnutar", "pax", "ustar", "v7"})
    void tarByBsdtar(String format) throws IOException, DiskImageException {
        Path plain = format.equals("pax") ? tree : plainTree();
        Path image = DiskTools.bsdtar(plain, work.resolve("image"), "--format=" + format);
        assertSame(read(image, DiskFormat.TAR), Description.of(plain));
    }

    private Path plainTree() throws IOException {
        Path plain = work.resolve("plain");
        Files.createDirectories(plain.resolve("a/b/with space"));
        Files.writeString(plain.resolve("a/file"), "contents ".repeat(2_000));
        Files.createLink(plain.resolve("a/b/same"), plain.resolve("a/file"));
        Files.createSymbolicLink(plain.resolve("link"), Path.of("a/file"));
        Files.createFile(plain.resolve("empty"));
        return SampleTree.age(plain);
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
    @ValueSource(
            strings = {
                "-1",
                "-3",
                "-19",
                "--ultra -20",
                "--ultra -22",
                "--fast=5",
                "--long=24 -3",
                "--long=27 -3",
                "--no-check -3"
            })
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
        try (StoredDisk laid = StoredDisk.open(disk)) {
            requireDifferentNames(laid);
            return Description.of(laid);
        }
    }

    /** As an instance sees it: no name stands for one that differs in case or Unicode form. */
    private static void requireDifferentNames(StoredDisk disk) {
        FileSystem files = new FileSystem(FileLimits.DEFAULT, Storage.UNSHARED, () -> 1, new Layers(disk, List.of()));
        if (disk.root().find("different") >= 0) {
            for (String name : SampleTree.DIFFERENT) {
                assertThat(contents(files, "different/" + name)).isEqualTo("of " + name);
            }
            for (String name : List.of("nAme", "E\u0301", "Ss", "SS", "\u1E9E")) {
                assertThatThrownBy(() -> files.find(files.root(), "different/" + name, true))
                        .isInstanceOfSatisfying(
                                FileException.class, e -> assertThat(e.error()).isEqualTo(FileError.NOENT));
            }
        }
    }

    private static String contents(FileSystem files, String path) {
        try {
            RegularFile file = (RegularFile) files.find(files.root(), path, true);
            ByteBuffer target = ByteBuffer.allocate((int) file.size());
            file.read(0, target);
            return new String(target.array(), StandardCharsets.UTF_8);
        } catch (FileException e) {
            throw new AssertionError(path, e);
        }
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

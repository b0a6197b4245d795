package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSystemTest {

    private static final Opening CREATE = new Opening(true, false, false, false, true, true);
    private static final Opening CREATE_NEW = new Opening(true, true, false, false, true, true);
    private static final Opening READ = new Opening(false, false, false, false, false, true);
    private static final Opening READ_THE_LINK = new Opening(false, false, false, false, false, false);
    private static final Opening TRUNCATE = new Opening(false, false, false, true, true, true);
    private static final Opening DIRECTORY = new Opening(false, false, true, false, false, true);

    private long now = 1_000;
    private final FileSystem files =
            new FileSystem(new FileLimits(1 << 20, 50), Storage.UNSHARED, () -> now, Layers.NONE);
    private final Directory root = files.root();

    @Test
    void anEmptyFileSystemTakesNothing() {
        assertThat(files.bytesUsed()).isZero();
        assertThat(files.filesUsed()).isZero();
        assertThat(names(root)).isEmpty();
    }

    @Test
    void filesKeepWhatIsWritten() throws FileException {
        write("a", "hello");
        assertThat(read("a")).isEqualTo("hello");
        assertThat(files.find(root, "a", true).size()).isEqualTo(5);
        assertThat(files.find(root, "./a", true)).isSameAs(files.find(root, "a", true));
    }

    /** The tree: d/sub/f, link -> d/sub/f, up -> d/../d/sub, loop -> loop, abs -> /d/sub, dangling -> nowhere. */
    @ParameterizedTest
    @CsvSource({
        "d/sub/f, FILE",
        "d//sub/.//f, FILE",
        "d/sub/../sub/f, FILE",
        "d/../d/sub/f, FILE",
        "link, FILE",
        "up/f, FILE",
        "abs/f, FILE",
        "d/, DIRECTORY",
        "d/sub/., DIRECTORY",
        "d/sub/.., DIRECTORY",
        "., DIRECTORY",
        "./, DIRECTORY",
        "abs/, DIRECTORY",
        "'', NOENT",
        "missing, NOENT",
        "missing/f, NOENT",
        "dangling, NOENT",
        "d/sub/f/, NOTDIR",
        "d/sub/f/., NOTDIR",
        "d/sub/f/.., NOTDIR",
        "link/, NOTDIR",
        "link/x, NOTDIR",
        "loop, LOOP",
        "loop/x, LOOP",
        "/, NOTCAPABLE",
        "/d, NOTCAPABLE",
        ".., NOTCAPABLE",
        "d/../.., NOTCAPABLE",
        "d/../../d, NOTCAPABLE",
        "escape, NOTCAPABLE",
        "escape/d, NOTCAPABLE",
        "abs/../../.., NOTCAPABLE"
    })
    void pathsLeadWhereTheyShould(String path, String expected) throws FileException {
        tree();
        assertThat(kindOf(root, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "f, FILE",
        "../sub/f, NOTCAPABLE",
        ".., NOTCAPABLE",
        "../../d/sub/f, NOTCAPABLE",
        "abs, NOTCAPABLE",
        "out, NOTCAPABLE"
    })
    void pathsStayBelowTheDirectoryTheyStartIn(String path, String expected) throws FileException {
        tree();
        files.createLink("/d/sub/f", root, "d/sub/abs");
        files.createLink("../../d", root, "d/sub/out");
        assertThat(kindOf((Directory) files.find(root, "d/sub", true), path)).isEqualTo(expected);
    }

    @Test
    void aDirectoryThatWasMovedAwayIsStillTheTopOfWhatStartsInIt() throws FileException {
        tree();
        Directory sub = (Directory) files.open(root, "d/sub", DIRECTORY);
        files.createDirectory(root, "elsewhere");
        files.rename(root, "d/sub", root, "elsewhere/moved");
        assertThat(kindOf(sub, "f")).isEqualTo("FILE");
        assertThat(kindOf(sub, "..")).isEqualTo("NOTCAPABLE");
        assertThat(sub.parent()).isSameAs(files.find(root, "elsewhere", true));
    }

    /** A letter with its accent, and the letter followed by the accent. */
    @Test
    void namesThatDifferInCaseOrUnicodeFormAreDifferent() throws FileException {
        List<String> all =
                List.of("name", "Name", "NAME", "\u00E9", "e\u0301", "\u00C9", "\u00DF", "ss", "\u212A", "K", "k");
        for (String name : all) {
            files.close(files.open(root, name, CREATE_NEW));
            write(name, "of " + name);
        }
        for (String name : all) {
            assertThat(read(name)).isEqualTo("of " + name);
        }
        files.unlink(root, "Name");
        assertThat(kindOf(root, "Name")).isEqualTo("NOENT");
        assertThat(kindOf(root, "name")).isEqualTo("FILE");
        assertThat(names(root)).hasSize(all.size() - 1);
    }

    @Test
    void longNamesAndPathsAreRefused() throws FileException {
        files.createDirectory(root, "n".repeat(255));
        assertError(FileError.NAMETOOLONG, () -> files.createDirectory(root, "n".repeat(256)));
        assertError(FileError.NAMETOOLONG, () -> files.createDirectory(root, "ü".repeat(128)));
        assertThat(kindOf(root, "./".repeat(2048))).isEqualTo("DIRECTORY");
        assertThat(kindOf(root, "./".repeat(2048) + ".")).isEqualTo("NAMETOOLONG");
        assertThat(kindOf(root, "nul\0")).isEqualTo("INVAL");
    }

    @Test
    void fortyLinksAreFollowedAndNoMore() throws FileException {
        write("end", "x");
        files.createLink("end", root, "l1");
        for (int i = 2; i <= 41; i++) {
            files.createLink("l" + (i - 1), root, "l" + i);
        }
        assertThat(kindOf(root, "l40")).isEqualTo("FILE");
        assertThat(kindOf(root, "l41")).isEqualTo("LOOP");
    }

    @Test
    void openingSaysWhatItCannotOpen() throws FileException {
        tree();
        assertError(FileError.EXIST, () -> files.open(root, "d", CREATE_NEW));
        assertError(FileError.EXIST, () -> files.open(root, "dangling", CREATE_NEW));
        assertError(FileError.ISDIR, () -> files.open(root, "d", CREATE));
        assertError(FileError.ISDIR, () -> files.open(root, "new/", CREATE));
        assertError(FileError.ISDIR, () -> files.open(root, "d", TRUNCATE));
        assertError(FileError.NOTDIR, () -> files.open(root, "d/sub/f", DIRECTORY));
        assertError(FileError.LOOP, () -> files.open(root, "link", READ_THE_LINK));
        assertError(FileError.NOENT, () -> files.open(root, "missing", READ));
        assertThat(files.open(root, "d", DIRECTORY)).isInstanceOf(Directory.class);
    }

    @Test
    void openingADanglingLinkMakesWhatItPointsTo() throws FileException {
        tree();
        files.open(root, "dangling", CREATE);
        assertThat(kindOf(root, "nowhere")).isEqualTo("FILE");
    }

    @Test
    void truncatingGivesMemoryBack() throws FileException {
        write("a", "x".repeat(100_000));
        long before = files.bytesUsed();
        files.close(files.open(root, "a", TRUNCATE));
        assertThat(read("a")).isEmpty();
        assertThat(files.bytesUsed()).isLessThan(before - 100_000);
    }

    @Test
    void anOpenFileOutlivesItsNames() throws FileException {
        RegularFile file = write("a", "hello");
        long before = files.bytesUsed();
        files.unlink(root, "a");
        assertThat(kindOf(root, "a")).isEqualTo("NOENT");
        assertThat(file.inode().links()).isZero();
        assertThat(text(file)).isEqualTo("hello");
        assertThat(files.bytesUsed()).isGreaterThan(256).isLessThan(before);
        files.close(file);
        assertThat(files.bytesUsed()).isZero();
        assertThat(files.filesUsed()).isZero();
    }

    @Test
    void hardLinksAreNamesOfOneFile() throws FileException {
        files.close(write("a", "hello"));
        files.link(root, "a", false, root, "b");
        files.unlink(root, "a");
        assertThat(read("b")).isEqualTo("hello");
        assertThat(files.find(root, "b", true).inode().links()).isEqualTo(1);
        files.createDirectory(root, "d");
        assertError(FileError.PERM, () -> files.link(root, "d", false, root, "e"));
        assertError(FileError.EXIST, () -> files.link(root, "b", false, root, "d"));
        assertError(FileError.NOENT, () -> files.link(root, "b", false, root, "c/"));
        assertError(FileError.NOENT, () -> files.link(root, "missing", false, root, "c"));
    }

    @Test
    void aLinkOfALinkDependsOnFollowing() throws FileException {
        tree();
        files.link(root, "link", false, root, "copy");
        files.link(root, "link", true, root, "target");
        assertThat(files.find(root, "copy", false)).isInstanceOf(SymbolicLink.class);
        assertThat(files.find(root, "target", false)).isSameAs(files.find(root, "d/sub/f", false));
    }

    @Test
    void removingSaysWhatItCannotRemove() throws FileException {
        tree();
        assertError(FileError.ISDIR, () -> files.unlink(root, "d"));
        assertError(FileError.ISDIR, () -> files.unlink(root, "d/"));
        assertError(FileError.ISDIR, () -> files.unlink(root, "."));
        assertError(FileError.NOTDIR, () -> files.unlink(root, "d/sub/f/"));
        assertError(FileError.NOTDIR, () -> files.unlink(root, "abs/"));
        assertError(FileError.NOENT, () -> files.unlink(root, "missing"));
        assertError(FileError.NOTEMPTY, () -> files.removeDirectory(root, "d"));
        assertError(FileError.NOTDIR, () -> files.removeDirectory(root, "d/sub/f"));
        assertError(FileError.NOTDIR, () -> files.removeDirectory(root, "abs/"));
        assertError(FileError.INVAL, () -> files.removeDirectory(root, "d/sub/."));
        assertError(FileError.NOENT, () -> files.removeDirectory(root, "missing"));
        assertError(FileError.NOTCAPABLE, () -> files.removeDirectory(root, ".."));
    }

    @Test
    void nothingIsMadeInADirectoryThatWasRemoved() throws FileException {
        files.createDirectory(root, "d");
        Directory removed = (Directory) files.open(root, "d", DIRECTORY);
        files.removeDirectory(root, "d/");
        assertError(FileError.NOENT, () -> files.createDirectory(removed, "x"));
        assertError(FileError.NOENT, () -> files.open(removed, "x", CREATE));
        assertError(FileError.NOENT, () -> files.createLink("x", removed, "x"));
        write("a", "x");
        assertError(FileError.NOENT, () -> files.rename(root, "a", removed, "x"));
        assertError(FileError.NOENT, () -> files.link(root, "a", false, removed, "x"));
        assertThat(names(removed)).isEmpty();
    }

    @Test
    void renamingReplacesWhatWasThere() throws FileException {
        RegularFile old = write("a", "old");
        files.close(write("b", "new"));
        files.rename(root, "b", root, "a");
        assertThat(read("a")).isEqualTo("new");
        assertThat(text(old)).isEqualTo("old");
        assertThat(kindOf(root, "b")).isEqualTo("NOENT");
        files.createDirectory(root, "d");
        files.createDirectory(root, "e");
        files.rename(root, "d/", root, "e/");
        assertThat(names(root)).containsExactlyInAnyOrder("a", "e");
        files.link(root, "a", false, root, "same");
        files.rename(root, "a", root, "same");
        assertThat(names(root)).contains("a", "same");
    }

    @Test
    void renamingSaysWhatItCannotRename() throws FileException {
        tree();
        write("a", "x");
        files.createDirectory(root, "empty");
        assertError(FileError.NOENT, () -> files.rename(root, "missing", root, "x"));
        assertError(FileError.INVAL, () -> files.rename(root, "d", root, "d/sub/d"));
        assertError(FileError.INVAL, () -> files.rename(root, "d", root, "d/x"));
        assertError(FileError.NOTEMPTY, () -> files.rename(root, "empty", root, "d"));
        assertError(FileError.NOTEMPTY, () -> files.rename(root, "d/sub", root, "d"));
        assertError(FileError.NOTDIR, () -> files.rename(root, "empty", root, "a"));
        assertError(FileError.ISDIR, () -> files.rename(root, "a", root, "empty"));
        assertError(FileError.NOTDIR, () -> files.rename(root, "a/", root, "b"));
        assertError(FileError.NOTDIR, () -> files.rename(root, "a", root, "b/"));
        assertError(FileError.BUSY, () -> files.rename(root, ".", root, "b"));
        assertError(FileError.BUSY, () -> files.rename(root, "empty", root, "d/."));
    }

    @Test
    void aDirectoryCannotMoveBelowItselfByAnotherDescriptor() throws FileException {
        tree();
        Directory sub = (Directory) files.find(root, "d/sub", true);
        assertError(FileError.INVAL, () -> files.rename(root, "d", sub, "x"));
    }

    @Test
    void linkTextsAreChecked() {
        assertError(FileError.NOENT, () -> files.createLink("", root, "l"));
        assertError(FileError.INVAL, () -> files.createLink("a\0b", root, "l"));
        assertError(FileError.NAMETOOLONG, () -> files.createLink("a".repeat(4097), root, "l"));
        assertError(FileError.NOENT, () -> files.createLink("a", root, "l/"));
        assertError(FileError.EXIST, () -> files.createLink("a", root, "."));
    }

    @Test
    void aListingMeetsWhatStaysExactlyOnceWhileTheDirectoryChanges() throws FileException {
        for (char name = 'a'; name <= 'f'; name++) {
            files.createDirectory(root, String.valueOf(name));
        }
        List<String> met = new ArrayList<>();
        long place = 0;
        for (int step = 0; step < 3; step++) {
            Directory.Entry entry = root.entriesFrom(place).iterator().next();
            met.add(entry.name());
            place = entry.place() + 1;
        }
        files.removeDirectory(root, "b");
        files.removeDirectory(root, "e");
        files.createDirectory(root, "b");
        files.createDirectory(root, "g");
        root.entriesFrom(place).forEach(entry -> met.add(entry.name()));
        assertThat(met).containsExactly("a", "b", "c", "d", "f", "b", "g");
    }

    @Test
    void theNumberOfFilesIsLimited() throws FileException {
        for (int i = 0; i < 50; i++) {
            files.createDirectory(root, "d" + i);
        }
        assertError(FileError.DQUOT, () -> files.createDirectory(root, "more"));
        assertError(FileError.DQUOT, () -> files.open(root, "more", CREATE));
        assertError(FileError.DQUOT, () -> files.createLink("x", root, "more"));
        files.removeDirectory(root, "d0");
        files.createDirectory(root, "more");
    }

    @Test
    void writingStopsAtTheQuotaAndThenFails() throws FileException {
        RegularFile file = (RegularFile) files.open(root, "a", CREATE);
        ByteBuffer source = ByteBuffer.allocate(2 << 20);
        file.write(0, source);
        assertThat(source.hasRemaining()).isTrue();
        assertThat(file.size()).isEqualTo(source.position());
        assertError(FileError.NOSPC, () -> file.write(file.size(), source));
        assertThat(files.bytesUsed()).isBetween((1L << 20) - Blocks.BLOCK_BYTES, 1L << 20);
        file.resize(0);
        file.write(0, ByteBuffer.wrap(new byte[10]));
    }

    @Test
    void namesAndLinksCountAgainstTheQuota() throws FileException {
        files.close(write("a", ""));
        assertError(FileError.NOSPC, () -> {
            for (int i = 0; i < 100_000; i++) {
                files.link(root, "a", false, root, "l" + i);
            }
        });
        assertError(FileError.NOSPC, () -> files.link(root, "a", false, root, "more"));
        assertThat(files.bytesUsed()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void whatIsTakenFromStorageIsGivenBack() throws FileException {
        long[] taken = new long[1];
        Storage storage = new Storage() {
            @Override
            public boolean take(long bytes) {
                if (taken[0] + bytes > 10_000) {
                    return false;
                }
                taken[0] += bytes;
                return true;
            }

            @Override
            public void give(long bytes) {
                taken[0] -= bytes;
            }
        };
        FileSystem small = new FileSystem(FileLimits.DEFAULT, storage, () -> now, Layers.NONE);
        RegularFile file = (RegularFile) small.open(small.root(), "a", CREATE);
        assertError(FileError.NOSPC, () -> file.write(0, ByteBuffer.allocate(16_384)));
        file.write(0, ByteBuffer.allocate(5_000));
        small.unlink(small.root(), "a");
        small.close(file);
        assertThat(taken[0]).isZero();
    }

    @Test
    void timesFollowWhatHappens() throws FileException {
        files.close(write("a", "x"));
        Inode inode = files.find(root, "a", true).inode();
        now = 2_000;
        read("a");
        assertThat(inode.accessed()).isEqualTo(2_000);
        assertThat(inode.modified()).isEqualTo(1_000);
        now = 3_000;
        files.rename(root, "a", root, "b");
        assertThat(inode.changed()).isEqualTo(3_000);
        assertThat(inode.modified()).isEqualTo(1_000);
        assertThat(root.inode().modified()).isEqualTo(3_000);
        now = 4_000;
        files.setTimes(files.find(root, "b", true), 5, 6);
        assertThat(List.of(inode.accessed(), inode.modified(), inode.changed())).containsExactly(5L, 6L, 4_000L);
    }

    private void tree() throws FileException {
        files.createDirectory(root, "d");
        files.createDirectory(root, "d/sub");
        files.close(write("d/sub/f", "text"));
        files.createLink("d/sub/f", root, "link");
        files.createLink("d/../d/sub", root, "up");
        files.createLink("loop", root, "loop");
        files.createLink("/d/sub", root, "abs");
        files.createLink("nowhere", root, "dangling");
        files.createLink("d/../../x", root, "escape");
    }

    private String kindOf(Directory from, String path) {
        try {
            return switch (files.find(from, path, true)) {
                case Directory _ -> "DIRECTORY";
                case RegularFile _ -> "FILE";
                case SymbolicLink _ -> "LINK";
            };
        } catch (FileException e) {
            return e.error().name();
        }
    }

    private RegularFile write(String path, String text) throws FileException {
        RegularFile file = (RegularFile) files.open(root, path, CREATE);
        file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    private String read(String path) throws FileException {
        RegularFile file = (RegularFile) files.open(root, path, READ);
        String text = text(file);
        files.close(file);
        return text;
    }

    private static String text(RegularFile file) throws FileException {
        ByteBuffer target = ByteBuffer.allocate((int) file.size());
        file.read(0, target);
        return new String(target.array(), StandardCharsets.UTF_8);
    }

    private static List<String> names(Directory directory) {
        List<String> names = new ArrayList<>();
        directory.entriesFrom(0).forEach(entry -> names.add(entry.name()));
        return names;
    }

    private static void assertError(FileError error, ThrowingCallable action) {
        assertThat(catchThrowableOfType(FileException.class, action))
                .extracting(FileException::error)
                .isEqualTo(error);
    }
}

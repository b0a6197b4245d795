package dev.mayfly.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.disk.LowerTree.Folder;
import dev.mayfly.disk.LowerTree.Link;
import dev.mayfly.disk.LowerTree.Named;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskMountsTest {

    private static final Opening READ = new Opening(false, false, false, false, false, true);
    private static final Opening WRITE = new Opening(false, false, false, false, true, true);
    private static final Opening CREATE = new Opening(true, false, false, false, true, true);
    private static final Opening TRUNCATE = new Opening(false, false, false, true, true, true);

    private final LowerTree models = new LowerTree(
            new Folder(
                    1,
                    new Named("large", new LowerBytes(2, 1, "model".getBytes(UTF_8))),
                    new Named("out", new Link(3, "../../f")),
                    new Named("sub", new Folder(4, new Named("x", new LowerBytes(5, 1, new byte[1]))))),
            5);
    private final LowerTree base = new LowerTree(
            new Folder(
                    1,
                    new Named("f", new LowerBytes(2, 1, "root".getBytes(UTF_8))),
                    new Named("opt", new Folder(3, new Named("models", new Folder(4))))),
            4);
    private final FileSystem files = new FileSystem(
            FileLimits.DEFAULT,
            Storage.UNSHARED,
            () -> 9,
            new Layers(base, List.of(new Mount("/opt/models", models), new Mount("/a/b/c", models))),
            0);
    private final Directory root = files.root();

    @Test
    void mountsAreSeenWhereTheyShouldBeAndTakeNothing() throws FileException {
        assertThat(read("opt/models/large")).isEqualTo("model");
        assertThat(read("a/b/c/large")).isEqualTo("model");
        assertThat(read("opt/models/out")).isEqualTo("root");
        assertThat(names("opt/models")).containsExactly("large", "out", "sub");
        assertThat(names(".")).containsExactly("f", "opt", "a");
        assertThat(names("opt")).containsExactly("models");
        assertThat(files.bytesUsed()).isZero();
        assertThat(files.filesUsed()).isZero();
    }

    @Test
    void aPathOutOfAMountLeadsToItsParentAndFromTheOpenedMountNowhere() throws FileException {
        assertThat(files.find(root, "opt/models/..", true)).isSameAs(files.find(root, "opt", true));
        assertThat(read("opt/models/sub/../../../f")).isEqualTo("root");
        assertError(FileError.NOTCAPABLE, () -> files.find(root, "opt/models/../../..", true));
        Directory opened = (Directory) files.open(root, "opt/models", READ);
        assertError(FileError.NOTCAPABLE, () -> files.find(opened, "..", true));
        assertError(FileError.NOTCAPABLE, () -> files.find(opened, "out", true));
    }

    @Test
    void nothingInAMountCanBeChanged() throws FileException {
        assertError(FileError.ROFS, () -> files.open(root, "opt/models/large", WRITE));
        assertError(FileError.ROFS, () -> files.open(root, "opt/models/large", TRUNCATE));
        assertError(FileError.ROFS, () -> files.open(root, "opt/models/new", CREATE));
        assertError(FileError.ROFS, () -> files.createDirectory(root, "opt/models/sub/new"));
        assertError(FileError.EXIST, () -> files.createDirectory(root, "opt/models/sub"));
        assertError(FileError.ROFS, () -> files.createLink("x", root, "opt/models/new"));
        assertError(FileError.ROFS, () -> files.unlink(root, "opt/models/large"));
        assertError(FileError.ROFS, () -> files.rename(root, "opt/models/large", root, "opt/models/other"));
        assertError(FileError.ROFS, () -> files.link(root, "opt/models/large", true, root, "opt/models/other"));
        assertError(FileError.NOTEMPTY, () -> files.removeDirectory(root, "opt/models/sub"));
        Node large = files.open(root, "opt/models/large", READ);
        assertError(FileError.ROFS, () -> files.setTimes(large, 1, 1));
    }

    @Test
    void nothingMovesFromOneDiskToAnother() {
        assertError(FileError.XDEV, () -> files.rename(root, "opt/models/large", root, "large"));
        assertError(FileError.XDEV, () -> files.rename(root, "f", root, "opt/models/f"));
        assertError(FileError.XDEV, () -> files.rename(root, "a/b/c/large", root, "opt/models/other"));
        assertError(FileError.XDEV, () -> files.link(root, "opt/models/large", true, root, "large"));
    }

    @Test
    void mountPointsStay() throws FileException {
        assertError(FileError.BUSY, () -> files.removeDirectory(root, "opt/models"));
        assertError(FileError.BUSY, () -> files.rename(root, "opt/models", root, "elsewhere"));
        assertError(FileError.BUSY, () -> files.rename(root, "a", root, "elsewhere"));
        files.createDirectory(root, "d");
        assertError(FileError.BUSY, () -> files.rename(root, "d", root, "opt/models"));
        files.rename(root, "opt", root, "moved");
        assertThat(read("moved/models/large")).isEqualTo("model");
        assertThat(((Directory) files.find(root, "moved/models", true)).parent())
                .isSameAs(files.find(root, "moved", true));
    }

    @Test
    void numbersOfFilesAreUniqueAndStayTheSame() throws FileException {
        Set<Long> numbers = new HashSet<>();
        for (String path : List.of(
                ".",
                "f",
                "opt",
                "opt/models",
                "opt/models/large",
                "opt/models/sub",
                "a",
                "a/b",
                "a/b/c",
                "a/b/c/large",
                "a/b/c/sub",
                "a/b/c/sub/x")) {
            long number = files.find(root, path, true).inode().number();
            assertThat(files.find(root, path, true).inode().number()).isEqualTo(number);
            numbers.add(number);
        }
        assertThat(numbers).hasSize(12);
        for (Directory.Entry entry : ((Directory) files.find(root, "a/b/c", true)).entriesFrom(0)) {
            assertThat(entry.number())
                    .isEqualTo(files.find(root, "a/b/c/" + entry.name(), false)
                            .inode()
                            .number());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "relative", "/a/", "/a//b", "/a/../b", "/./a", "/a\0"})
    void onlyPlainPathsCanBeMounted(String path) {
        assertThat(Mount.isPath(path)).isFalse();
        assertThatThrownBy(() -> new Mount(path, models)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMountBelowAFileIsRefused() {
        Layers layers = new Layers(base, List.of(new Mount("/f/x", models)));
        assertThatThrownBy(() -> new FileSystem(FileLimits.DEFAULT, Storage.UNSHARED, () -> 9, layers))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String read(String path) throws FileException {
        RegularFile file = (RegularFile) files.find(root, path, true);
        ByteBuffer target = ByteBuffer.allocate((int) file.size());
        file.read(0, target);
        return new String(target.array(), UTF_8);
    }

    private List<String> names(String path) throws FileException {
        List<String> names = new ArrayList<>();
        ((Directory) files.find(root, path, true)).entriesFrom(0).forEach(entry -> names.add(entry.name()));
        return names;
    }

    private static void assertError(FileError expected, ThrowingCallable call) {
        assertThat(catchThrowableOfType(FileException.class, call).error()).isEqualTo(expected);
    }
}

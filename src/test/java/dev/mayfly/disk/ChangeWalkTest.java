package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.DraftFile;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disk.layout.TestDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as changed, and what does not. */
@SuppressWarnings("NullAway.Init")
class ChangeWalkTest {

    private static final FileLimits LIMITS = new FileLimits(1L << 30, 10_000);
    private static final Opening READ = new Opening(false, false, false, false, false, true);
    private static final Opening WRITE = new Opening(true, false, false, false, true, true);

    @TempDir
    Path work;

    private StoredDisk disk;
    private FileSystem files;
    private Directory root;

    @BeforeEach
    void makeDisk() throws Exception {
        disk = TestDisks.make(work.resolve("disk"), ChangeWalkTest::fill);
        use(new Layers(disk, List.of()), LowerLayer.REMEMBERED);
    }

    private void use(Layers layers, int remembered) {
        files = new FileSystem(
                LIMITS, Storage.UNSHARED, new AtomicLong(1_000_000)::incrementAndGet, layers, remembered);
        root = files.root();
    }

    private static void fill(DiskWriter disk) throws IOException, DiskImageException {
        DraftDirectory top = disk.tree().root();
        DraftDirectory one = disk.tree().directory(top, "one", 1);
        DraftDirectory two = disk.tree().directory(top, "two", 1);
        DraftDirectory inner = disk.tree().directory(one, "inner", 1);
        DraftFile shared = TestDisks.file(disk, inner, "shared", "contents");
        disk.tree().name(two, "same", shared);
        TestDisks.file(disk, one, "plain", "contents");
        TestDisks.file(disk, two, "other", "contents");
        disk.tree().link(top, "link", "one", 1);
    }

    @Test
    void whatIsLookedAtIsNotChanged() throws Exception {
        RegularFile file = open("one/inner/shared", READ);
        file.read(0, ByteBuffer.allocate(10));
        files.find(root, "link/plain", true);
        root.entriesFrom(0).forEach(_ -> {});
        files.close(open("two/other", new Opening(false, false, false, false, true, true)));
        assertThat(changes()).isEmpty();
    }

    @Test
    void theTimeOfReadingAloneIsNoChange() throws Exception {
        Node file = files.find(root, "one/plain", false);
        files.setTimes(file, 77, file.inode().modified());
        assertThat(changes()).isEmpty();
        files.setTimes(file, 77, 78);
        assertThat(changes()).containsExactly("directory one", "file one/plain");
    }

    @Test
    void contentsThatWereChangedAreShownEvenIfTheirTimeWasPutBack() throws Exception {
        RegularFile file = open("one/plain", WRITE);
        long before = file.inode().modified();
        file.write(0, ByteBuffer.wrap(new byte[1]));
        files.setTimes(file, before, before);
        assertThat(changes()).containsExactly("directory one", "file one/plain");
    }

    @Test
    void aFileThatWasCutOffAndGrewBackIsChanged() throws Exception {
        RegularFile file = open("one/plain", WRITE);
        long before = file.inode().modified();
        file.resize(0);
        file.resize(8);
        files.setTimes(file, before, before);
        assertThat(changes()).containsExactly("directory one", "file one/plain");
    }

    @Test
    void removalsAreShownWhereNothingStandsInstead() throws Exception {
        files.unlink(root, "one/plain");
        files.unlink(root, "two/other");
        open("two/other", WRITE);
        assertThat(changes()).containsExactly("directory one", "removed one/plain", "directory two", "file two/other");
    }

    @Test
    void aDirectoryInPlaceOfOneOfTheDiskIsOpaque() throws Exception {
        files.unlink(root, "two/other");
        files.unlink(root, "two/same");
        files.removeDirectory(root, "two");
        files.createDirectory(root, "two");
        assertThat(changes()).containsExactly("opaque directory two");
    }

    @Test
    void aDirectoryInPlaceOfAFileIsNotOpaque() throws Exception {
        files.unlink(root, "link");
        files.createDirectory(root, "link");
        assertThat(changes()).containsExactly("directory link");
    }

    @Test
    void aDirectoryThatWasMovedIsShownWithAllThatIsInIt() throws Exception {
        files.rename(root, "one", root, "two/three");
        assertThat(changes())
                .containsExactly(
                        "removed one",
                        "directory two",
                        "directory two/three",
                        "directory two/three/inner",
                        "file two/three/inner/shared",
                        "file two/three/plain");
    }

    @Test
    void aDirectoryThatWasMovedBackIsNotShown() throws Exception {
        files.rename(root, "one", root, "three");
        files.rename(root, "three", root, "one");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024})
    void allNamesOfAChangedFileAreShownWhetherTheirDirectoriesWereSeenOrNot(int remembered) throws Exception {
        use(new Layers(disk, List.of()), remembered);
        RegularFile file = open("one/inner/shared", WRITE);
        file.write(0, ByteBuffer.wrap(new byte[1]));
        files.close(file);
        files.find(root, "link", false);
        assertThat(changes())
                .containsExactly(
                        "directory one",
                        "directory one/inner",
                        "file one/inner/shared",
                        "directory two",
                        "link two/same to one/inner/shared");
    }

    @Test
    void aNewNameOfAFileOfTheDiskMakesItsOldOneAName() throws Exception {
        files.link(root, "one/plain", false, root, "another");
        assertThat(changes()).containsExactly("directory one", "file one/plain", "link another to one/plain");
    }

    @Test
    void aChangedFileIsFoundWhenItsDirectoryIsForgotten() throws Exception {
        use(new Layers(disk, List.of()), 0);
        RegularFile file = open("one/plain", WRITE);
        file.write(0, ByteBuffer.wrap(new byte[1]));
        files.close(file);
        files.find(root, "two/other", false);
        files.find(root, "two/other", false);
        assertThat(changes()).containsExactly("directory one", "file one/plain");
    }

    @Test
    void whatIsOpenWithoutANameIsNotShown() throws Exception {
        open("new", WRITE);
        files.unlink(root, "new");
        open("one/plain", WRITE).write(0, ByteBuffer.wrap(new byte[1]));
        files.unlink(root, "one/plain");
        assertThat(changes()).containsExactly("directory one", "removed one/plain");
    }

    @Test
    void disksElsewhereAndTheWayToThemAreNotShown() throws Exception {
        use(new Layers(disk, List.of(new Mount("/two", disk), new Mount("/a/b", disk))), LowerLayer.REMEMBERED);
        assertThat(changes()).isEmpty();
        open("a/new", WRITE);
        assertThat(changes()).containsExactly("directory a", "file a/new");
    }

    @Test
    void withoutADiskAllIsShownByName() throws Exception {
        use(Layers.NONE, 0);
        assertThat(changes()).isEmpty();
        files.createDirectory(root, "d");
        open("d/b", WRITE);
        open("d/a", WRITE);
        files.createLink("d/a", root, "c");
        files.link(root, "d/b", false, root, "a");
        assertThat(changes()).containsExactly("file a", "symlink c", "directory d", "file d/a", "link d/b to a");
    }

    private RegularFile open(String path, Opening how) throws FileException {
        return (RegularFile) files.open(root, path, how);
    }

    private List<String> changes() throws IOException, FileException {
        List<String> shown = new ArrayList<>();
        files.visitChanges(new ChangeVisitor() {
            @Override
            public void directory(String path, Directory directory, boolean opaque) {
                shown.add((opaque ? "opaque " : "") + "directory " + path);
            }

            @Override
            public void file(String path, RegularFile file) {
                shown.add("file " + path);
            }

            @Override
            public void hardLink(String path, String first) {
                shown.add("link " + path + " to " + first);
            }

            @Override
            public void symbolicLink(String path, SymbolicLink link) {
                shown.add("symlink " + path);
            }

            @Override
            public void removed(String path) {
                shown.add("removed " + path);
            }

            @Override
            public void looking() {}
        });
        return shown;
    }
}

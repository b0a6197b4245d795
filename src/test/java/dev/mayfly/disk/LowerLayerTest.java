package dev.mayfly.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.LowerTree.Folder;
import dev.mayfly.disk.LowerTree.Link;
import dev.mayfly.disk.LowerTree.Named;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerLayerTest {

    private static final Opening WRITE = new Opening(false, false, false, false, true, true);

    private final byte[] contents = "from below".getBytes(UTF_8);
    private final LowerBytes file = new LowerBytes(2, 2, contents);
    private final LowerTree disk = new LowerTree(
            new Folder(
                    1,
                    new Named("file", file),
                    new Named("same", file),
                    new Named("broken", new Broken(3)),
                    new Named("link", new Link(4, "inner/deep")),
                    new Named("inner", new Folder(5, new Named("deep", new LowerBytes(6, 1, new byte[40_000]))))),
            6);
    private final FileSystem files =
            new FileSystem(new FileLimits(50_000, 1), Storage.UNSHARED, () -> 9, new Layers(disk, List.of()));
    private final Directory root = files.root();

    @Test
    void filesOfTheLayerAreSeenAndTakeNothing() throws FileException {
        assertThat(names(root)).containsExactly("file", "same", "broken", "link", "inner");
        assertThat(read("file")).isEqualTo("from below");
        assertThat(files.find(root, "link", true).size()).isEqualTo(40_000);
        assertThat(files.find(root, "file", true).inode().modified()).isEqualTo(7);
        assertThat(files.bytesUsed()).isZero();
        assertThat(files.filesUsed()).isZero();
    }

    @Test
    void twoNamesOfOneFileStayOneFile() throws FileException {
        assertThat(files.find(root, "same", true)).isSameAs(files.find(root, "file", true));
        assertThat(files.find(root, "same", true).inode().links()).isEqualTo(2);
    }

    @Test
    void changesStayInMemory() throws FileException {
        RegularFile opened = (RegularFile) files.open(root, "file", WRITE);
        opened.write(5, ByteBuffer.wrap("above".getBytes(UTF_8)));
        assertThat(read("same")).isEqualTo("from above");
        assertThat(contents).asString(UTF_8).isEqualTo("from below");
        assertThat(files.bytesUsed()).isBetween(1L, 1_000L);
        opened.resize(4);
        opened.resize(6);
        assertThat(read("file")).isEqualTo("from\0\0");
    }

    @Test
    void whatIsRemovedOrRenamedStaysSo() throws FileException {
        files.unlink(root, "file");
        files.rename(root, "inner", root, "outer");
        assertThat(names(root)).containsExactly("same", "broken", "link", "outer");
        assertThat(names((Directory) files.find(root, "outer", true))).containsExactly("deep");
        files.unlink(root, "outer/deep");
        files.removeDirectory(root, "outer");
        files.unlink(root, "same");
        assertThat(names(root)).containsExactly("broken", "link");
        assertThat(files.bytesUsed()).isEqualTo(3 * Directory.REMOVAL_BYTES);
        assertThat(files.filesUsed()).isZero();
    }

    @Test
    void writingEachBlockOnceTakesItsMemoryOnce() throws FileException {
        RegularFile deep = (RegularFile) files.open(root, "inner/deep", WRITE);
        deep.write(0, ByteBuffer.wrap(new byte[1]));
        long first = files.bytesUsed();
        assertThat(first).isBetween(16_384L, 17_000L);
        deep.write(100, ByteBuffer.wrap(new byte[1000]));
        assertThat(files.bytesUsed()).isEqualTo(first);
    }

    @Test
    void aBrokenLayerIsAnError() throws FileException {
        RegularFile broken = (RegularFile) files.open(root, "broken", WRITE);
        assertThat(catchThrowableOfType(FileException.class, () -> broken.read(0, ByteBuffer.allocate(5)))
                        .error())
                .isEqualTo(FileError.IO);
        assertThat(catchThrowableOfType(FileException.class, () -> broken.write(1, ByteBuffer.wrap(new byte[] {1})))
                        .error())
                .isEqualTo(FileError.IO);
    }

    private String read(String path) throws FileException {
        RegularFile opened = (RegularFile) files.find(root, path, true);
        ByteBuffer target = ByteBuffer.allocate((int) opened.size());
        opened.read(0, target);
        return new String(target.array(), UTF_8);
    }

    private static List<String> names(Directory directory) {
        List<String> names = new ArrayList<>();
        directory.entriesFrom(0).forEach(entry -> names.add(entry.name()));
        return names;
    }

    private record Broken(long number) implements LowerFile {

        @Override
        public int links() {
            return 1;
        }

        @Override
        public long modified() {
            return 7;
        }

        @Override
        public long size() {
            return 10;
        }

        @Override
        public void read(long position, ByteBuffer target, int length) throws IOException {
            throw new IOException("broken");
        }
    }
}

package dev.mayfly.disk.formats;

import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Images of {@link SmallTree} of every kind, as small as tools make them. */
final class SmallImages {

    private final Path tree;
    private final Path work;
    private final Map<String, byte[]> images = new TreeMap<>();

    private SmallImages(Path work) throws IOException {
        this.tree = SmallTree.make(Files.createDirectory(work.resolve("tree")));
        this.work = work;
    }

    /** By names; the order of the names is that of their numbers for {@link DiskImageFuzzer}. */
    static Map<String, byte[]> make(Path work) throws IOException {
        SmallImages made = new SmallImages(work);
        made.squashfs();
        made.ext();
        made.tar();
        return made.images;
    }

    private void squashfs() throws IOException {
        for (String compression : new String[] {"gzip", "xz", "lz4", "zstd"}) {
            add("squashfs " + compression, DiskTools.squashfs(tree, file(), "-comp", compression));
        }
        add("squashfs plain", DiskTools.squashfs(tree, file(), "-noI", "-noD", "-noF"));
        add("squashfs blocks", DiskTools.squashfs(tree, file(), "-noI", "-b", "4096", "-no-fragments"));
    }

    private void ext() throws IOException {
        ext("ext4", "-t ext4 -O ^has_journal,^resize_inode,^metadata_csum");
        ext("ext4 inline", "-t ext4 -I 256 -O inline_data,^has_journal,^resize_inode,^metadata_csum");
        ext("ext4 sums", "-t ext4 -O inline_data,metadata_csum,^has_journal,^resize_inode");
        ext("ext2", "-t ext2 -O ^resize_inode");
    }

    private void ext(String name, String options) throws IOException {
        add(name, DiskTools.ext(tree, file(), 400, ("-b 1024 -N 64 " + options).split(" ", -1)));
    }

    private void tar() throws IOException {
        add("tar gnu", DiskTools.tar(tree, file(), "--format=gnu", "--sparse"));
        add("tar pax", DiskTools.tar(tree, file(), "--format=pax", "--sparse"));
        add("tar gzip", DiskTools.tar(tree, file(), "--gzip"));
        add("tar xz", DiskTools.tar(tree, file(), "--xz"));
        add("tar zstd", DiskTools.tar(tree, file(), "-I", DiskTools.tool("zstd") + " -19"));
    }

    private Path file() {
        return work.resolve("image" + images.size());
    }

    private void add(String name, Path image) throws IOException {
        images.put(name, Files.readAllBytes(image));
    }
}

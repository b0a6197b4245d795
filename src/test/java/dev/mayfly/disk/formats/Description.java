package dev.mayfly.disk.formats;

import dev.mayfly.disk.LowerNode;
import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.LowerNode.LowerLink;
import dev.mayfly.disk.ReadOnlyDisk;
import dev.mayfly.disk.layout.DiskLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a tree contains, a line for each path, so that a disk can be compared with the directory that it was made of. */
final class Description {

    private static final int READ_BYTES = 1 << 20;

    private Description() {}

    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                lines.put(root.relativize(path).toString(), describe(path));
            }
        }
        return lines;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        String when = " at " + Files.getLastModifiedTime(path).to(TimeUnit.SECONDS);
        if (Files.isDirectory(path)) {
            return "directory" + when;
        }
        Object links = Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        return "file of " + Files.size(path) + " with " + links + " links, " + Arrays.hashCode(Files.readAllBytes(path))
                + when;
    }

    static Map<String, String> of(ReadOnlyDisk disk) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        describe("", disk.root(), lines);
        return lines;
    }

    private static void describe(String path, LowerNode node, Map<String, String> lines) throws IOException {
        String when = " at " + TimeUnit.NANOSECONDS.toSeconds(node.modified());
        switch (node) {
            case LowerDirectory directory -> {
                lines.put(path, "directory" + when);
                for (int i = 0; i < directory.count(); i++) {
                    LowerEntry entry = directory.entry(i);
                    if (directory.find(entry.name()) != i || directory.node(i).number() != entry.number()) {
                        throw new AssertionError("not found: " + entry.name());
                    }
                    describe(path.isEmpty() ? entry.name() : path + "/" + entry.name(), directory.node(i), lines);
                }
            }
            case LowerFile file ->
                lines.put(path, "file of " + file.size() + " with " + file.links() + " links, " + hash(file) + when);
            case LowerLink link -> lines.put(path, "link to " + link.target());
        }
    }

    /** Finds and reads everything that is on a disk, and returns how many names there are, the root counted. */
    static int check(ReadOnlyDisk disk) throws IOException {
        return check(disk.root(), 0);
    }

    private static int check(LowerDirectory directory, int depth) throws IOException {
        if (depth > DiskLimits.MAX_DEPTH) {
            throw new AssertionError("nested too deep");
        }
        int names = 1;
        for (int i = 0; i < directory.count(); i++) {
            if (directory.find(directory.entry(i).name()) != i) {
                throw new AssertionError("not found: " + directory.entry(i).name());
            }
            switch (directory.node(i)) {
                case LowerDirectory inner -> names += check(inner, depth + 1);
                case LowerFile file -> names += read(file);
                case LowerLink link -> names += link.target().length() <= DiskLimits.MAX_PATH ? 1 : 1_000_000;
            }
        }
        return names;
    }

    /** All of a file; of a large one the beginning and the end, since between them may be very much of nothing. */
    private static int read(LowerFile file) throws IOException {
        int length = (int) Math.min(file.size(), READ_BYTES);
        ByteBuffer target = ByteBuffer.allocate(length);
        file.read(0, target, length);
        file.read(file.size() - length, target.clear(), length);
        if (target.position() != length) {
            throw new AssertionError("not read to its end");
        }
        return 1;
    }

    private static int hash(LowerFile file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.size()));
        file.read(0, all, all.capacity());
        return Arrays.hashCode(all.array());
    }
}

package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.DraftFile;
import dev.mayfly.disk.layout.MappedDisk;
import dev.mayfly.disk.layout.TestDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to files on a disk must come out as if the files had been put there by hand: random operations on
 * both, with paths that climb, loop and lead out, compared after each. What is neither open nor changed is forgotten at
 * once, so that nothing depends on its being remembered.
 */
@SuppressWarnings("NullAway.Init")
class DiskModelTest {

    private static final int RUNS = Integer.getInteger("mayfly.disks.runs", 300);
    private static final int STEPS = 150;
    private static final byte[] LARGE = new byte[40_000];
    private static final FileLimits LIMITS = new FileLimits(1L << 40, 1_000_000);
    private static final Opening CREATE = new Opening(true, false, false, false, true, true);

    @TempDir
    Path work;

    @Test
    void changesToADiskAreThoseToFilesInMemory() throws Exception {
        new Random(1).nextBytes(LARGE);
        MappedDisk disk = TestDisks.make(work.resolve("disk"), DiskModelTest::fill);
        long operations = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Side onDisk = new Side(new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, new Layers(disk, List.of()), 0));
            Side inMemory = new Side(new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, Layers.NONE));
            fill(inMemory);
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                long choice = random.nextLong();
                String expected = inMemory.perform(new Random(choice));
                assertThat(onDisk.perform(new Random(choice)))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected);
                operations++;
            }
            assertThat(onDisk.tree()).as("seed %d", seed).isEqualTo(inMemory.tree());
        }
        System.out.printf("%d operations on disks and in memory agree%n", operations);
    }

    private static void fill(DiskWriter disk) throws IOException, DiskImageException {
        DraftDirectory root = disk.tree().root();
        DraftDirectory a = disk.tree().directory(root, "a", 1);
        DraftDirectory b = disk.tree().directory(a, "b", 1);
        disk.tree().directory(root, "c", 1);
        DraftFile file = TestDisks.file(disk, a, "f", "contents");
        disk.tree().name(b, "f", file);
        TestDisks.file(disk, root, "e", LARGE);
        disk.tree().link(root, "d", "a/b", 1);
        disk.tree().link(b, "e", "../..", 1);
        disk.tree().link(a, "d", "/c", 1);
        disk.tree().link(a, "e", "e", 1);
    }

    private static void fill(Side side) throws FileException {
        FileSystem files = side.files;
        Directory root = files.root();
        files.createDirectory(root, "a");
        files.createDirectory(root, "a/b");
        files.createDirectory(root, "c");
        side.write("a/f", "contents".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        files.link(root, "a/f", false, root, "a/b/f");
        side.write("e", LARGE);
        files.createLink("a/b", root, "d");
        files.createLink("../..", root, "a/b/e");
        files.createLink("/c", root, "a/d");
        files.createLink("e", root, "a/e");
    }

    /** One of the two file systems, with what is open in it. */
    private static final class Side {

        private final FileSystem files;
        private final List<Node> open = new ArrayList<>();

        Side(FileSystem files) {
            this.files = files;
            this.open.add(files.root());
        }

        void write(String path, byte[] bytes) throws FileException {
            RegularFile file = (RegularFile) files.open(files.root(), path, CREATE);
            file.write(0, ByteBuffer.wrap(bytes));
            files.close(file);
        }

        /** Does something, and says what came of it. */
        String perform(Random random) {
            try {
                return switch (random.nextInt(14)) {
                    case 0, 1 -> open(random);
                    case 2 -> close(random);
                    case 3 -> write(random);
                    case 4 -> read(random);
                    case 5 -> resize(random);
                    case 6 -> stat(files.find(start(random), path(random), random.nextBoolean()));
                    case 7 -> list(random);
                    case 8 -> done(() -> files.createDirectory(start(random), path(random)));
                    case 9 -> done(() -> files.createLink(path(random), start(random), path(random)));
                    case 10 -> done(() -> files.unlink(start(random), path(random)));
                    case 11 -> done(() -> files.removeDirectory(start(random), path(random)));
                    case 12 -> done(() -> files.rename(start(random), path(random), start(random), path(random)));
                    default ->
                        done(() -> files.link(
                                start(random), path(random), random.nextBoolean(), start(random), path(random)));
                };
            } catch (FileException e) {
                return e.error().name();
            }
        }

        private interface Change {
            void make() throws FileException;
        }

        private static String done(Change change) throws FileException {
            change.make();
            return "done";
        }

        private String open(Random random) throws FileException {
            Opening how = new Opening(
                    random.nextInt(3) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(4) == 0,
                    random.nextBoolean(),
                    random.nextInt(4) > 0);
            Directory start = start(random);
            Node node = files.open(start, path(random), how);
            if (node instanceof Directory directory) {
                assertThat(directory.isWithin(start))
                        .as("stays below its start")
                        .isTrue();
            }
            open.add(node);
            return stat(node);
        }

        private String close(Random random) {
            int index = random.nextInt(open.size());
            if (index == 0) {
                return "the root stays open";
            }
            files.close(open.remove(index));
            return "closed";
        }

        private String write(Random random) throws FileException {
            byte[] bytes = new byte[1 + random.nextInt(20_000)];
            Arrays.fill(bytes, (byte) random.nextInt());
            long position = random.nextInt(50_000);
            if (open.get(random.nextInt(open.size())) instanceof RegularFile file) {
                file.write(position, ByteBuffer.wrap(bytes));
                return stat(file);
            }
            return "no file";
        }

        private String read(Random random) throws FileException {
            long position = random.nextInt(50_000);
            return open.get(random.nextInt(open.size())) instanceof RegularFile file
                    ? contents(file, position)
                    : "no file";
        }

        private static String contents(RegularFile file, long position) throws FileException {
            ByteBuffer target = ByteBuffer.allocate(70_000);
            int count = file.read(position, target);
            return count + " bytes, " + Arrays.hashCode(Arrays.copyOf(target.array(), Math.max(0, count)));
        }

        private String resize(Random random) throws FileException {
            long size = random.nextInt(60_000);
            if (open.get(random.nextInt(open.size())) instanceof RegularFile file) {
                file.resize(size);
                return stat(file);
            }
            return "no file";
        }

        private String list(Random random) throws FileException {
            Node node = files.find(start(random), path(random), true);
            if (!(node instanceof Directory directory)) {
                return "no directory";
            }
            TreeSet<String> names = new TreeSet<>();
            directory.entriesFrom(0).forEach(entry -> {
                assertThat(Objects.requireNonNull(directory.get(entry.name()))
                                .inode()
                                .number())
                        .isEqualTo(entry.number());
                assertThat(names.add(entry.name() + " " + entry.kind())).isTrue();
            });
            return names.toString();
        }

        private static String stat(Node node) {
            return node.kind() + " of " + node.size() + ", " + node.inode().links() + " links";
        }

        private Directory start(Random random) {
            Node node = open.get(random.nextInt(open.size()));
            return node instanceof Directory directory ? directory : files.root();
        }

        private static String path(Random random) {
            StringBuilder path = new StringBuilder(random.nextInt(12) == 0 ? "/" : "");
            int steps = 1 + random.nextInt(5);
            for (int i = 0; i < steps; i++) {
                path.append(i == 0 ? "" : random.nextInt(10) == 0 ? "//" : "/");
                path.append(
                        switch (random.nextInt(10)) {
                            case 0 -> "..";
                            case 1 -> ".";
                            default -> String.valueOf((char) ('a' + random.nextInt(6)));
                        });
            }
            return path.append(random.nextInt(10) == 0 ? "/" : "").toString();
        }

        /** All paths, and what they lead to. */
        String tree() throws FileException {
            TreeSet<String> lines = new TreeSet<>();
            describe("", files.root(), lines);
            return String.join("\n", lines);
        }

        private void describe(String path, Directory directory, Set<String> lines) throws FileException {
            for (Directory.Entry entry : directory.entriesFrom(0)) {
                String below = path + "/" + entry.name();
                Node node = files.find(directory, entry.name(), false);
                lines.add(below + ": " + stat(node));
                switch (node) {
                    case Directory inner -> describe(below, inner, lines);
                    case RegularFile file -> lines.add(below + ": " + contents(file, 0));
                    case SymbolicLink link -> lines.add(below + " -> " + link.target());
                }
            }
        }
    }
}

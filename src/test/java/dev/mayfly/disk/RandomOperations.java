package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A file system that random operations are done to, with what is open in it. */
public final class RandomOperations {

    private static final Opening CREATE = new Opening(true, false, false, false, true, true);

    final FileSystem files;
    private final List<Node> open = new ArrayList<>();

    public RandomOperations(FileSystem files) {
        this.files = files;
        this.open.add(files.root());
    }

    void write(String path, byte[] bytes) throws FileException {
        RegularFile file = (RegularFile) files.open(files.root(), path, CREATE);
        file.write(0, ByteBuffer.wrap(bytes));
        files.close(file);
    }

    /** Does something, and says what came of it. */
    public String perform(Random random) {
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
                    done(() ->
                            files.link(start(random), path(random), random.nextBoolean(), start(random), path(random)));
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
            assertThat(directory.isWithin(start)).as("stays below its start").isTrue();
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
        return open.get(random.nextInt(open.size())) instanceof RegularFile file ? contents(file, position) : "no file";
    }

    static String contents(RegularFile file, long position) throws FileException {
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

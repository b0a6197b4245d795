package dev.mayfly.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disk.layout.TestDisks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations on a disk; then what was changed, applied to a copy of the disk as layers of container images are,
 * gives the files that the instance saw. The same without a disk, where everything is a change.
 */
@SuppressWarnings("NullAway.Init")
class ChangesModelTest {

    private static final int RUNS = Integer.getInteger("mayfly.disks.runs", 300);
    private static final int STEPS = 150;
    private static final FileLimits LIMITS = new FileLimits(1L << 40, 1_000_000);

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(ints = {0, 1024})
    void changesAppliedToACopyGiveWhatTheInstanceSaw(int remembered) throws Exception {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), ModelDisk::fill);
        for (int seed = 0; seed < RUNS; seed++) {
            RandomOperations instance = new RandomOperations(
                    new FileSystem(LIMITS, Storage.UNSHARED, ticking(), new Layers(disk, List.of()), remembered));
            RandomOperations copy =
                    new RandomOperations(new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, Layers.NONE));
            DiskModelTest.fill(copy);
            check(seed, instance, copy);
        }
    }

    @Test
    void withoutADiskAllIsAChange() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            RandomOperations instance =
                    new RandomOperations(new FileSystem(LIMITS, Storage.UNSHARED, ticking(), Layers.NONE));
            DiskModelTest.fill(instance);
            check(seed, instance, new RandomOperations(new FileSystem(LIMITS, Storage.UNSHARED, () -> 1, Layers.NONE)));
        }
    }

    private static LongSupplier ticking() {
        return new AtomicLong(5_000)::incrementAndGet;
    }

    private static void check(int seed, RandomOperations instance, RandomOperations copy) throws Exception {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            instance.perform(random);
        }
        List<String> shown = new ArrayList<>();
        instance.files.visitChanges(new Applying(copy.files, shown));
        assertThat(tree(copy.files)).as("seed %d, by %s", seed, shown).isEqualTo(tree(instance.files));
        List<String> again = new ArrayList<>();
        instance.files.visitChanges(new Applying(copy.files, again));
        assertThat(again).as("the order is stable").isEqualTo(shown);
        assertThat(shown.stream().map(line -> line.split(" ", -1)[1]))
                .as("each path once")
                .doesNotHaveDuplicates();
    }

    /** All paths, and what they lead to, but not how many names that has. */
    private static String tree(FileSystem files) throws FileException {
        TreeSet<String> lines = new TreeSet<>();
        describe("", files.root(), lines);
        return String.join("\n", lines);
    }

    private static void describe(String path, Directory directory, Set<String> lines) throws FileException {
        for (Directory.Entry entry : directory.entriesFrom(0)) {
            String below = path + "/" + entry.name();
            switch (Objects.requireNonNull(directory.get(entry.name()))) {
                case Directory inner -> {
                    lines.add(below);
                    describe(below, inner, lines);
                }
                case RegularFile file -> lines.add(below + ": " + RandomOperations.contents(file, 0));
                case SymbolicLink link -> lines.add(below + " -> " + link.target());
            }
        }
    }

    /** Makes changes to other files, as a layer is unpacked. */
    private record Applying(FileSystem files, List<String> shown) implements ChangeVisitor {

        private static final Opening CREATE = new Opening(true, false, false, true, true, false);

        @Override
        public void directory(String path, Directory directory, boolean opaque) throws FileException {
            shown.add("directory " + path + (opaque ? " opaque" : ""));
            Node there = find(path);
            if (!(there instanceof Directory existing)) {
                remove(path);
                files.createDirectory(files.root(), path);
            } else if (opaque) {
                removeContents(path, existing);
            }
        }

        @Override
        public void file(String path, RegularFile file) throws FileException {
            shown.add("file " + path);
            remove(path);
            RegularFile made = (RegularFile) files.open(files.root(), path, CREATE);
            ByteBuffer contents = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, contents);
            made.write(0, contents.flip());
            files.close(made);
        }

        @Override
        public void hardLink(String path, String first) throws FileException {
            shown.add("link " + path + " to " + first);
            remove(path);
            files.link(files.root(), first, false, files.root(), path);
        }

        @Override
        public void symbolicLink(String path, SymbolicLink link) throws FileException {
            shown.add("symlink " + path);
            remove(path);
            files.createLink(link.target(), files.root(), path);
        }

        @Override
        public void removed(String path) throws FileException {
            shown.add("removed " + path);
            remove(path);
        }

        @Override
        public void looking() throws IOException {}

        private @Nullable Node find(String path) throws FileException {
            try {
                return files.find(files.root(), path, false);
            } catch (FileException e) {
                return null;
            }
        }

        private void remove(String path) throws FileException {
            switch (find(path)) {
                case null -> {}
                case Directory directory -> {
                    removeContents(path, directory);
                    files.removeDirectory(files.root(), path);
                }
                case RegularFile _, SymbolicLink _ -> files.unlink(files.root(), path);
            }
        }

        private void removeContents(String path, Directory directory) throws FileException {
            List<String> names = new ArrayList<>();
            directory.entriesFrom(0).forEach(entry -> names.add(entry.name()));
            for (String name : names) {
                remove(path + "/" + name);
            }
        }
    }
}

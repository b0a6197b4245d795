package dev.mayfly.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.ModelDisk;
import dev.mayfly.disk.RandomOperations;
import dev.mayfly.disk.RegularFile;
import dev.mayfly.disk.Storage;
import dev.mayfly.disk.SymbolicLink;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disk.layout.TestDisks;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/**
 * Random operations on a disk; then the archive, unpacked by GNU tar over a real copy of the disk's files with the rules
 * for layers of container images, gives the files that the instance saw.
 */
@SuppressWarnings("NullAway.Init")
class LayerModelTest {

    private static final int RUNS = Integer.getInteger("mayfly.artifacts.runs", 40);
    private static final int STEPS = 150;
    private static final FileLimits LIMITS = new FileLimits(1L << 30, 1_000_000);
    private static final ArchiveProperties PROPERTIES = new ArchiveProperties(
            Duration.ofHours(1),
            DataSize.ofMegabytes(64),
            Duration.ofMinutes(10),
            DataSize.ofGigabytes(1),
            null,
            null,
            Duration.ofMinutes(1));

    @TempDir
    Path work;

    @Test
    void anArchiveUnpackedOverACopyGivesWhatTheInstanceSaw() throws Exception {
        StoredDisk disk = TestDisks.make(work.resolve("disk"), ModelDisk::fill);
        try (ArchiveStaging staging = new ArchiveStaging(work.resolve("staging"))) {
            ArchivePacker packer = new ArchivePacker(staging, PROPERTIES, System::nanoTime);
            for (int seed = 0; seed < RUNS; seed++) {
                FileSystem files = new FileSystem(
                        LIMITS, Storage.UNSHARED, new AtomicLong(5_000)::incrementAndGet, new Layers(disk, List.of()));
                // So that there is a change, whatever happens.
                files.createDirectory(files.root(), "z");
                RandomOperations instance = new RandomOperations(files);
                Random random = new Random(seed);
                for (int step = 0; step < STEPS; step++) {
                    instance.perform(random);
                }
                Path copy = copy(work.resolve("copy-" + seed));
                try (StagedArchive archive = packer.pack(files)) {
                    apply(archive, copy);
                }
                assertThat(tree(copy)).as("seed %d", seed).isEqualTo(tree(files));
            }
        }
    }

    /** As {@link ModelDisk}. */
    private static Path copy(Path target) throws IOException {
        Path b = Files.createDirectories(target.resolve("a/b"));
        Files.createDirectory(target.resolve("c"));
        Files.createLink(b.resolve("f"), Files.writeString(target.resolve("a/f"), "contents"));
        Files.write(target.resolve("e"), ModelDisk.large());
        Files.createSymbolicLink(target.resolve("d"), Path.of("a/b"));
        Files.createSymbolicLink(target.resolve("a/b/e"), Path.of("../.."));
        Files.createSymbolicLink(target.resolve("a/d"), Path.of("/c"));
        Files.createSymbolicLink(target.resolve("a/e"), Path.of("e"));
        return target;
    }

    /** What is in the archive takes the place of what is there, unless both are directories. */
    private static void apply(StagedArchive archive, Path copy) throws IOException {
        for (String entry : TarFiles.entries(Files.readAllBytes(archive.file())).keySet()) {
            Path path = copy.resolve(entry);
            String name = path.getFileName().toString();
            if (name.equals(".wh..wh..opq")) {
                delete(copy.resolve(entry.substring(0, entry.lastIndexOf('/'))));
            } else if (name.startsWith(".wh.")) {
                delete(path.resolveSibling(name.substring(4)));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) != entry.endsWith("/")) {
                delete(path);
            }
        }
        DiskTools.untar(archive.file(), copy);
        List<Path> unpacked;
        try (Stream<Path> all = Files.walk(copy)) {
            unpacked = all.filter(path -> path.getFileName().toString().startsWith(".wh."))
                    .toList();
        }
        for (Path whiteout : unpacked) {
            Files.delete(whiteout);
        }
    }

    /** Whatever is there, and not what it leads to. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        } else {
            Files.deleteIfExists(path);
        }
    }

    private static Set<String> tree(Path root) throws IOException {
        Set<String> lines = new TreeSet<>();
        List<Path> paths;
        try (Stream<Path> all = Files.walk(root)) {
            paths = all.filter(path -> !path.equals(root)).toList();
        }
        for (Path path : paths) {
            String name = root.relativize(path).toString();
            if (Files.isSymbolicLink(path)) {
                lines.add(name + " -> " + Files.readSymbolicLink(path));
            } else if (Files.isDirectory(path)) {
                lines.add(name + "/");
            } else {
                byte[] contents = Files.readAllBytes(path);
                lines.add(name + ": " + contents.length + " bytes, " + Arrays.hashCode(contents));
            }
        }
        return lines;
    }

    private static Set<String> tree(FileSystem files) throws FileException {
        Set<String> lines = new TreeSet<>();
        describe(files, files.root(), "", lines);
        return lines;
    }

    private static void describe(FileSystem files, Directory directory, String above, Set<String> lines)
            throws FileException {
        for (Directory.Entry entry : directory.entriesFrom(0)) {
            String name = above + entry.name();
            switch (files.find(directory, entry.name(), false)) {
                case Directory inner -> {
                    lines.add(name + "/");
                    describe(files, inner, name + "/", lines);
                }
                case RegularFile file -> {
                    byte[] contents = new byte[Math.toIntExact(file.size())];
                    file.read(0, ByteBuffer.wrap(contents));
                    lines.add(name + ": " + contents.length + " bytes, " + Arrays.hashCode(contents));
                }
                case SymbolicLink link -> lines.add(name + " -> " + link.target());
            }
        }
    }
}

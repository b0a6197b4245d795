package dev.mayfly.disks;

import dev.mayfly.artifacts.Durably;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.artifacts.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Disks as files {@code sha256/ab/cdef...} below a directory. What is found under a digest is complete. Thread-safe. */
final class DiskFiles implements AutoCloseable {

    private static final int PREFIX_DIGITS = 2;

    private final Path files;
    private final StagingArea staging;

    DiskFiles(Path root) throws IOException {
        this.files = root.resolve("sha256");
        Files.createDirectories(files);
        this.staging = new StagingArea(root.resolve("staging"));
    }

    /** An empty file that is gone after a crash; whoever asked for it deletes it. */
    Path newFile() throws IOException {
        return staging.newFile();
    }

    /** Puts a file whose contents were forced to disk in place of whatever is stored under the digest. */
    void commit(Path file, ModuleDigest digest) throws IOException {
        if (Files.exists(file) || !Files.exists(fileOf(digest))) {
            Durably.move(file, fileOf(digest));
        }
    }

    Path fileOf(ModuleDigest digest) {
        return files.resolve(digest.hex().substring(0, PREFIX_DIGITS))
                .resolve(digest.hex().substring(PREFIX_DIGITS));
    }

    List<ModuleDigest> list() throws IOException {
        try (Stream<Path> found = Files.find(files, 2, (path, attributes) -> attributes.isRegularFile())) {
            return found.map(files::relativize).map(DiskFiles::digestOf).toList();
        }
    }

    private static ModuleDigest digestOf(Path relative) {
        return new ModuleDigest(
                relative.toString().replace(relative.getFileSystem().getSeparator(), ""));
    }

    /** Whoever has it mapped can read on. */
    void delete(ModuleDigest digest) throws IOException {
        Files.deleteIfExists(fileOf(digest));
    }

    @Override
    public void close() {
        staging.close();
    }
}

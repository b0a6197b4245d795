package dev.mayfly.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * This process's directory for files that are not complete yet. A lock beside it says that the process lives: whoever
 * starts next sweeps the directories whose lock nobody holds, which a crash left behind, and no others.
 */
public final class StagingArea implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StagingArea.class);
    private static final String LOCK_SUFFIX = ".lock";

    private final Path directory;
    private final Path lockFile;
    private final FileChannel lock;

    public StagingArea(Path root) throws IOException {
        Files.createDirectories(root);
        sweep(root);
        String name = UUID.randomUUID().toString();
        lockFile = root.resolve(name + LOCK_SUFFIX);
        lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        // Only now, so that a directory is never seen without its lock being held.
        directory = Files.createDirectory(root.resolve(name));
    }

    public Path directory() {
        return directory;
    }

    /** A new file, empty. */
    public Path newFile() throws IOException {
        return Files.createTempFile(directory, "upload-", ".part");
    }

    private static void sweep(Path root) throws IOException {
        List<Path> directories;
        try (Stream<Path> entries = Files.list(root)) {
            directories = entries.filter(Files::isDirectory).toList();
        }
        for (Path abandoned : directories) {
            sweepIfAbandoned(abandoned, root.resolve(abandoned.getFileName() + LOCK_SUFFIX));
        }
    }

    private static void sweepIfAbandoned(Path directory, Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = tryLock(channel)) {
            if (held != null) {
                log.info("Sweeping uploads that were never completed: {}", directory);
                FileSystemUtils.deleteRecursively(directory);
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try (lock) {
            FileSystemUtils.deleteRecursively(directory);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.mayfly.archives;

import dev.mayfly.artifacts.Durably;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Archives as files of a directory. */
final class FileContents implements ArchiveContents {

    private final Path directory;

    FileContents(Path directory) {
        this.directory = directory;
    }

    @Override
    public void store(UUID id, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Durably.move(file, fileOf(id));
    }

    @Override
    public InputStream open(UUID id) throws IOException {
        return Files.newInputStream(fileOf(id));
    }

    @Override
    public void delete(UUID id) throws IOException {
        Files.deleteIfExists(fileOf(id));
    }

    private Path fileOf(UUID id) {
        return directory.resolve(id + ".tar.gz");
    }
}

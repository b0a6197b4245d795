package dev.mayfly.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** File systems in memory, small enough to be filled up. */
final class SmallDisks implements AutoCloseable {

    private static final String SIZE = "256m";
    private static final String FILLER = "filler";

    private final boolean wanted;
    private final List<Path> mounted = new ArrayList<>();
    private String reason = "no node has a disk of its own";

    SmallDisks(boolean wanted) {
        this.wanted = wanted;
    }

    /** Mounts a disk at a directory, if this process may. */
    void mount(Path directory) {
        if (!wanted) {
            return;
        }
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString());
            mounted.add(directory);
        } catch (IOException e) {
            reason = "no disk can be mounted here: " + e.getMessage();
        }
    }

    /** Why there is no disk, if there is none. */
    Optional<String> missing() {
        return mounted.isEmpty() ? Optional.of(reason) : Optional.empty();
    }

    /** Takes what is left of each disk. */
    void fill() {
        mounted.forEach(SmallDisks::fill);
    }

    /** Gives back what {@link #fill} took. */
    void empty() {
        for (Path disk : mounted) {
            try {
                Files.deleteIfExists(disk.resolve(FILLER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void fill(Path disk) {
        try (var file = Files.newOutputStream(disk.resolve(FILLER))) {
            FileStore store = Files.getFileStore(disk);
            byte[] block = new byte[4096];
            while (store.getUsableSpace() > 0) {
                file.write(block);
            }
        } catch (IOException full) {
            // As intended.
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        for (Path disk : mounted) {
            try {
                run("umount", "--lazy", disk.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        mounted.clear();
    }
}

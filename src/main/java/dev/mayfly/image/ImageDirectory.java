package dev.mayfly.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of a store, and how much room they take. When one was last used is its time of modification. */
final class ImageDirectory {

    private static final System.Logger LOG = System.getLogger(ImageDirectory.class.getName());
    private static final String UNFINISHED = ".part";

    /** After so long, whoever was writing a file is no more. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path path;
    private final long budgetBytes;
    private final Clock clock;

    private record Entry(Path file, long bytes, Instant modified) {}

    private ImageDirectory(Path path, long budgetBytes, Clock clock) {
        this.path = path;
        this.budgetBytes = budgetBytes;
        this.clock = clock;
    }

    static ImageDirectory open(Path path, long budgetBytes, Clock clock) throws IOException {
        Files.createDirectories(path);
        ImageDirectory directory = new ImageDirectory(path, budgetBytes, clock);
        directory.sweep();
        return directory;
    }

    Path file(ImageKey key) {
        return path.resolve(key.fileName());
    }

    /** Deletes what crashes left behind. */
    private void sweep() throws IOException {
        Instant oldest = clock.instant().minus(ABANDONED);
        for (Entry entry : list(UNFINISHED)) {
            if (entry.modified().isBefore(oldest)) {
                Files.deleteIfExists(entry.file());
            }
        }
    }

    /** Keeps an image, unless it is larger than the whole budget; answers whether it did. */
    boolean save(Image image, ImageKey key) throws IOException {
        if (image.bytes() > budgetBytes) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "An image of {0} bytes is not kept: all of them may take {1}",
                    image.bytes(),
                    budgetBytes);
            return false;
        }
        Path unfinished = path.resolve(key.module() + '-' + UUID.randomUUID() + UNFINISHED);
        try {
            ImageWriter.write(image, key, unfinished);
            publish(unfinished, file(key));
            return true;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private synchronized void publish(Path unfinished, Path file) throws IOException {
        makeRoom(Files.size(unfinished));
        markUsed(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void makeRoom(long bytes) throws IOException {
        List<Entry> images = list(ImageKey.SUFFIX);
        images.sort(Comparator.comparing(Entry::modified));
        long total = bytes + images.stream().mapToLong(Entry::bytes).sum();
        for (Entry image : images) {
            if (total <= budgetBytes) {
                return;
            }
            LOG.log(System.Logger.Level.DEBUG, "Deleting {0} to make room", image.file());
            Files.deleteIfExists(image.file());
            total -= image.bytes();
        }
    }

    private List<Entry> list(String suffix) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                entries.add(new Entry(
                        file, attributes.size(), attributes.lastModifiedTime().toInstant()));
            } catch (NoSuchFileException e) {
                // Another process has deleted it meanwhile.
            }
        }
        return entries;
    }

    /** The order of deletion need not be exact: failing to note the use is nobody's problem. */
    void markUsed(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Cannot set the time of " + file, e);
        }
    }
}

package dev.mayfly.image;

import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Images in a directory, each made once. Thread-safe; other processes may use the same directory, and at worst make an
 * image that another one is making.
 *
 * <p>Files appear complete or not at all, and are never written to afterwards, only deleted: whoever has one mapped keeps
 * it. A file that is not intact, or made by another version, is deleted and made again. Whoever can write to the directory
 * can decide what functions do, though not leave their micro-VMs: it is the platform's own, as its database is.
 */
public final class ImageStore {

    private static final System.Logger LOG = System.getLogger(ImageStore.class.getName());

    private final Linux linux;
    private final ImageDirectory directory;
    private final Map<ImageKey, Turns> turns = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong built = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();

    /** Makes an image, which takes seconds for a large module. */
    @FunctionalInterface
    public interface Build {
        Image build() throws IOException, ModuleException, InstantiationTrapException, InterruptedException;
    }

    /**
     * What has happened since the store was opened.
     *
     * @param opened images that were found
     * @param built images that were made
     * @param damaged files that were deleted because they were not what they should be
     */
    public record Statistics(long opened, long built, long damaged) {}

    /** Those who want the same image. */
    private static final class Turns {
        private final ReentrantLock lock = new ReentrantLock();
        private int callers;
    }

    private ImageStore(Linux linux, ImageDirectory directory) {
        this.linux = linux;
        this.directory = directory;
    }

    /**
     * Opens a store.
     *
     * @param path of the directory, which is made if need be
     * @param budgetBytes how much disk the images may take; those that were not used for longest are deleted
     */
    public static ImageStore open(Linux linux, Path path, long budgetBytes, Clock clock) throws IOException {
        return new ImageStore(linux, ImageDirectory.open(path, budgetBytes, clock));
    }

    /**
     * An image, which the caller closes. If it cannot be kept, because the disk is full for example, it is in memory.
     *
     * @param build makes it, unless it is there; not called twice at the same time for the same key
     * @throws IOException if the directory cannot be read, or {@code build} threw it
     * @throws InterruptedException if the thread was interrupted while another one was making the image
     */
    public Image get(ImageKey key, Build build)
            throws IOException, ModuleException, InstantiationTrapException, InterruptedException {
        Turns mine = turns.compute(key, (same, turn) -> {
            Turns joined = turn == null ? new Turns() : turn;
            joined.callers++;
            return joined;
        });
        try {
            mine.lock.lockInterruptibly();
            try {
                return openOrBuild(key, build);
            } finally {
                mine.lock.unlock();
            }
        } finally {
            turns.computeIfPresent(key, (same, turn) -> --turn.callers == 0 ? null : turn);
        }
    }

    private Image openOrBuild(ImageKey key, Build build)
            throws IOException, ModuleException, InstantiationTrapException, InterruptedException {
        Optional<Image> found = find(key);
        if (found.isPresent()) {
            opened.incrementAndGet();
            return found.get();
        }
        Image image = build.build();
        built.incrementAndGet();
        try {
            return directory.save(image, key) ? find(key).orElse(image) : image;
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "An image cannot be kept and is made again when needed: {0}",
                    e.toString());
            return image;
        }
    }

    private Optional<Image> find(ImageKey key) throws IOException {
        Path file = directory.file(key);
        try {
            Image image = ImageReader.open(linux, file, key);
            directory.markUsed(file);
            return Optional.of(image);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DamagedImageException e) {
            LOG.log(System.Logger.Level.WARNING, "The image {0} {1}; it is made again", file, e.getMessage());
            damaged.incrementAndGet();
            Files.deleteIfExists(file);
            return Optional.empty();
        }
    }

    public Statistics statistics() {
        return new Statistics(opened.get(), built.get(), damaged.get());
    }
}

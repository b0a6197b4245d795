package dev.mayfly.disks;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ArtifactTooLargeException;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.formats.ImportedDisk;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import org.springframework.http.ProblemDetail;

/** Takes images in: staged on disk first, then made a disk, and stored last; whatever fails before leaves nothing behind. */
final class DiskUploads {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ArtifactStore store;
    private final DiskCatalog catalog;
    private final DiskImporter importer;
    private final DiskProperties properties;
    private final Semaphore slots;
    private final PlatformThreads threads;
    private final DiskMetrics metrics;
    private final InstantSource clock;

    DiskUploads(
            ArtifactStore store,
            DiskCatalog catalog,
            DiskProperties properties,
            PlatformThreads threads,
            DiskMetrics metrics,
            InstantSource clock) {
        this.store = store;
        this.catalog = catalog;
        this.importer = new DiskImporter(new DiskLimits(properties.maxContent().toBytes(), properties.maxFiles()));
        this.properties = properties;
        this.slots = new Semaphore(properties.maxConcurrentUploads());
        this.threads = threads;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Makes a version of an uploaded image.
     *
     * @param announced how many bytes it has; negative if that is not known
     */
    DiskVersionView publish(DiskName name, InputStream upload, long announced) throws IOException {
        if (announced > properties.maxUpload().toBytes()) {
            throw tooLarge();
        }
        if (!slots.tryAcquire()) {
            throw overCapacity();
        }
        try (StagedArtifact image = store.stage(upload, properties.maxUpload().toBytes())) {
            metrics.uploaded(image.size());
            return publish(name, image);
        } catch (ArtifactTooLargeException e) {
            throw tooLarge();
        } catch (DiskImageException e) {
            metrics.refused(e.reason());
            throw refused(e);
        } finally {
            slots.release();
        }
    }

    private DiskVersionView publish(DiskName name, StagedArtifact image) throws IOException, DiskImageException {
        Path file = Files.createTempFile(store.temporaryDirectory(), "disk-", ".part");
        try {
            ImportedDisk imported = threads.run(() -> lay(image.file(), file));
            try (StagedArtifact disk =
                    store.stage(file, new ContentDigest(imported.disk().sha256()))) {
                return catalog.publish(name, disk, version -> view(name, version, image, imported));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private ImportedDisk lay(Path image, Path disk) throws IOException, DiskImageException {
        try (FileChannel target = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            return importer.lay(image, target);
        }
    }

    private DiskVersionView view(DiskName name, int version, StagedArtifact image, ImportedDisk imported) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return DiskVersionView.of(name, version, image.digest(), image.size(), imported, now);
    }

    private static ProblemException refused(DiskImageException e) {
        ProblemDetail problem = ProblemType.DISK_REFUSED.with("The image is refused: " + e.getMessage() + ".");
        problem.setProperty("reason", DiskMetrics.word(e.reason()));
        return new ProblemException(problem, null);
    }

    private ProblemException tooLarge() {
        long maxBytes = properties.maxUpload().toBytes();
        ProblemDetail problem = ProblemType.DISK_TOO_LARGE.with(
                "The image is larger than the limit 'mayfly.disks.max-upload' of " + maxBytes + " bytes.");
        problem.setProperty("limit", "mayfly.disks.max-upload");
        problem.setProperty("maxBytes", maxBytes);
        return new ProblemException(problem, null);
    }

    private static ProblemException overCapacity() {
        ProblemDetail problem =
                ProblemType.OVER_CAPACITY.with("The limit 'mayfly.disks.max-concurrent-uploads' is reached.");
        problem.setProperty("limit", "mayfly.disks.max-concurrent-uploads");
        return new ProblemException(problem, RETRY_AFTER);
    }
}

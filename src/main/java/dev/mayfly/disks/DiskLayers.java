package dev.mayfly.disks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Mount;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The disks that instances lie on, each open once for all of them. Those that were used last stay open; others are closed
 * when the last instance has let go of them. Thread-safe.
 */
public final class DiskLayers {

    /** What each disk counts at least, so that the number of open files is bounded too. */
    private static final long LEAST_WEIGHT = 1024 * 1024;

    private static final long BYTES_PER_UNIT = 1024;

    /** Says where the file of a disk is. */
    @FunctionalInterface
    interface Files {
        Path locate(ContentDigest digest) throws IOException;
    }

    private final Files files;
    private final Cache<ContentDigest, SharedDisk> open;

    /**
     * None is open.
     *
     * @param keptBytes memory for the tables of disks that stay open, each of which counts 1 MiB at least
     */
    DiskLayers(Files files, long keptBytes) {
        this.files = files;
        this.open = Caffeine.newBuilder()
                .maximumWeight(keptBytes / BYTES_PER_UNIT)
                .weigher((ContentDigest _, SharedDisk shared) -> units(shared.disk()))
                .removalListener(DiskLayers::removed)
                .executor(Runnable::run)
                .build();
    }

    private static int units(StoredDisk disk) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_WEIGHT, disk.memoryBytes()) / BYTES_PER_UNIT);
    }

    private static void removed(@Nullable ContentDigest digest, @Nullable SharedDisk shared, RemovalCause cause) {
        if (shared != null) {
            shared.users().release();
        }
    }

    /**
     * What an instance lies on.
     *
     * @throws IOException if a disk cannot be read, or is damaged
     */
    public DiskLease lease(@Nullable DiskReference root, List<DiskMount> mounts) throws IOException {
        if (root == null && mounts.isEmpty()) {
            return DiskLease.NONE;
        }
        List<SharedDisk> used = new ArrayList<>();
        try {
            List<Mount> seen = new ArrayList<>();
            for (DiskMount mount : mounts) {
                seen.add(new Mount(mount.path(), use(mount.disk().digest(), used)));
            }
            return new DiskLease(new Layers(root == null ? null : use(root.digest(), used), seen), used);
        } catch (UncheckedIOException e) {
            used.forEach(disk -> disk.users().release());
            throw e.getCause();
        }
    }

    private StoredDisk use(ContentDigest digest, List<SharedDisk> used) {
        while (true) {
            AtomicBoolean opened = new AtomicBoolean();
            SharedDisk found = open.get(digest, missed -> {
                SharedDisk made = open(missed);
                made.users().tryUse(); // ours, beside the cache's: it may be evicted at once
                opened.set(true);
                return made;
            });
            // One that is found may just have been closed by the last who used it; then it is opened anew.
            if (opened.get() || found.users().tryUse()) {
                used.add(found);
                return found.disk();
            }
        }
    }

    private SharedDisk open(ContentDigest digest) {
        try {
            return SharedDisk.of(StoredDisk.open(files.locate(digest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of a disk, which will not be there any more. Instances that lie on it are not troubled. */
    public void forget(ContentDigest digest) {
        open.invalidate(digest);
    }

    /** How many are open and known. */
    long count() {
        return open.estimatedSize();
    }
}

package dev.mayfly.disks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Mount;
import dev.mayfly.disk.layout.MappedDisk;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disks that instances lie on, each mapped once for all of them. Those that were used last stay mapped; others are
 * unmapped when the last instance has let go of them. Thread-safe.
 */
public final class DiskLayers {

    private final ArtifactStore store;
    private final Cache<ModuleDigest, MappedDisk> mapped;

    DiskLayers(ArtifactStore store, int kept) {
        this.store = store;
        this.mapped = Caffeine.newBuilder().maximumSize(kept).build();
    }

    /**
     * What an instance lies on.
     *
     * @throws IOException if a disk cannot be read, or is damaged
     */
    public Layers of(@Nullable DiskReference root, List<DiskMount> mounts) throws IOException {
        if (root == null && mounts.isEmpty()) {
            return Layers.NONE;
        }
        try {
            List<Mount> seen = new ArrayList<>();
            for (DiskMount mount : mounts) {
                seen.add(new Mount(mount.path(), map(mount.disk().digest())));
            }
            return new Layers(root == null ? null : map(root.digest()), seen);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private MappedDisk map(ModuleDigest digest) {
        return mapped.get(digest, missed -> {
            try {
                return MappedDisk.open(store.locate(missed));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Lets go of a disk, which will not be there any more. Instances that lie on it are not troubled. */
    public void forget(ModuleDigest digest) {
        mapped.invalidate(digest);
    }

    /** How many are mapped and known. */
    long count() {
        return mapped.estimatedSize();
    }
}

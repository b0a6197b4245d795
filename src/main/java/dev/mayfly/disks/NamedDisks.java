package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Storage;
import dev.mayfly.functions.ConflictException;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.functions.Disks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The disks of this installation, as functions name them. */
final class NamedDisks implements Disks {

    private final DiskRows rows;
    private final DiskLayers layers;

    NamedDisks(DiskRows rows, DiskLayers layers) {
        this.rows = rows;
        this.layers = layers;
    }

    @Override
    public Optional<ContentDigest> find(String name, int version) {
        return rows.find(new DiskName(name), version)
                .map(DiskVersionView::digest)
                .map(ContentDigest::parse);
    }

    /** Tries it. */
    @Override
    public Optional<String> conflict(@Nullable DiskReference root, List<DiskMount> mounts) {
        try (DiskLease lease = layers.lease(root, mounts)) {
            new FileSystem(FileLimits.NONE, Storage.UNSHARED, () -> 0, lease.layers());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("must not lead through what is no directory on the root disk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void use(long function, int version, List<DiskReference> disks) {
        for (DiskReference disk : disks) {
            if (rows.use(function, version, disk.name(), disk.version(), disk.digest()) == 0) {
                throw new ConflictException(
                        "There is no version " + disk.version() + " of a disk '" + disk.name() + "' any more.");
            }
        }
    }
}

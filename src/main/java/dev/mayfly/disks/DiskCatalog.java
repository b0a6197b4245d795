package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import dev.mayfly.functions.ConflictException;
import dev.mayfly.functions.Transactions;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Shows and changes the disks that there are. */
final class DiskCatalog {

    private final DiskRows rows;
    private final ImageRows images;
    private final Transactions transactions;
    private final InstantSource clock;

    DiskCatalog(DiskRows rows, ImageRows images, Transactions transactions, InstantSource clock) {
        this.rows = rows;
        this.images = images;
        this.transactions = transactions;
        this.clock = clock;
    }

    DiskView find(DiskName name) {
        return rows.find(name).orElseThrow(() -> notFound("There is no disk '" + name + "'."));
    }

    List<DiskView> list(String after, int limit) {
        return rows.list(after, limit);
    }

    DiskVersionView find(DiskName name, int version) {
        return rows.find(name, version).orElseThrow(() -> noVersion(name, version));
    }

    List<DiskVersionView> versions(DiskName name, int before, int limit) {
        find(name);
        return rows.versions(name, before, limit);
    }

    /**
     * Stores a disk and makes a version of it. The row is not committed before the contents are in place. As it may take
     * minutes to put them there, that is done before the name is locked.
     */
    DiskVersionView publish(DiskName name, StagedArtifact disk, IntFunction<DiskVersionView> view) {
        transactions.change(() -> store(disk));
        return transactions.change(() -> {
            Instant now = now();
            long id = rows.lock(name).orElseGet(() -> {
                rows.insert(name, now);
                return rows.lock(name).orElseThrow();
            });
            store(disk);
            DiskVersionView version = view.apply(rows.nextVersion(id, now));
            rows.insert(id, version);
            return version;
        });
    }

    /** Harmless when it is stored already. */
    private ContentDigest store(StagedArtifact disk) {
        images.touch(disk.digest(), disk.size(), now());
        try {
            disk.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return disk.digest();
    }

    /** Deletes a disk with all of its versions, none of which may be in use. */
    void delete(DiskName name) {
        transactions.change(() -> {
            long disk = rows.lock(name).orElseThrow(() -> notFound("There is no disk '" + name + "'."));
            requireUnused(name, disk, Optional.empty());
            images.touchAllOf(disk, now());
            rows.delete(disk);
            return disk;
        });
    }

    /** Deletes a version that is not in use. Its number is not used again. */
    void delete(DiskName name, int version) {
        transactions.change(() -> {
            long disk = rows.lock(name).orElseThrow(() -> noVersion(name, version));
            requireUnused(name, disk, Optional.of(version));
            images.touchAllOf(disk, now());
            if (rows.delete(disk, version) == 0) {
                throw noVersion(name, version);
            }
            return disk;
        });
    }

    private void requireUnused(DiskName name, long disk, Optional<Integer> version) {
        rows.user(disk, version).ifPresent(user -> {
            throw new ConflictException("The disk '" + name + "' is in use by " + user + ".");
        });
    }

    private static ProblemException noVersion(DiskName name, int version) {
        return notFound("There is no version " + version + " of a disk '" + name + "'.");
    }

    private static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.DISK_NOT_FOUND, detail);
    }

    /** In the resolution of the databases, so that what was stored equals what is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

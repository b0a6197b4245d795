package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The disks that functions can name in their configuration. */
public interface Disks {

    /** What a version of a disk is; empty if there is none. */
    Optional<ContentDigest> find(String name, int version);

    /** What is wrong with seeing these disks at these places; empty if nothing is. */
    Optional<String> conflict(@Nullable DiskReference root, List<DiskMount> mounts);

    /**
     * Remembers that a version of a function needs disks, within the transaction that makes it.
     *
     * @throws ConflictException if one of the disks is there no more
     */
    void use(long function, int version, List<DiskReference> disks);
}

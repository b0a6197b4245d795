package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;
import java.util.Set;

/**
 * The disks of a worker.
 *
 * @param capacity how many bytes all of them together may have; not negative
 * @param digests of those that it has, at most {@value #MOST}
 */
public record HeldDisks(long capacity, Set<ContentDigest> digests) {

    /** How many disks are told of at most. */
    public static final int MOST = 10_000;

    public HeldDisks {
        digests = Set.copyOf(digests);
    }
}

package dev.mayfly.placement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.functions.ResolvedVersion;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what versions need. Remembers how large disks are, which does not change. Thread-safe. */
final class NeedsOfVersions {

    private static final int REMEMBERED = 10_000;

    private final ArtifactStore disks;
    private final Cache<ContentDigest, Long> sizes =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    NeedsOfVersions(ArtifactStore disks) {
        this.disks = disks;
    }

    /**
     * What a version needs.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such disk any more
     */
    Needs of(ResolvedVersion version) throws IOException {
        Set<ContentDigest> needed = version.configuration().disks().stream()
                .map(DiskReference::digest)
                .collect(Collectors.toUnmodifiableSet());
        long bytes = 0;
        for (ContentDigest disk : needed) {
            bytes += size(disk);
        }
        return new Needs(version.digest(), needed, bytes);
    }

    private long size(ContentDigest disk) throws IOException {
        Long known = sizes.getIfPresent(disk);
        if (known == null) {
            known = disks.size(disk);
            sizes.put(disk, known);
        }
        return known;
    }
}

package dev.mayfly.placement;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.Content;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a worker needs to have to execute an order.
 *
 * @param diskBytes how large the disks are together
 */
record Needs(ContentDigest module, Set<ContentDigest> disks, long diskBytes) {

    Needs {
        disks = Set.copyOf(disks);
    }

    /** The module and the disks. */
    Set<Content> contents() {
        return Stream.concat(
                        Stream.of(new Content(Content.Kind.MODULE, module)),
                        disks.stream().map(disk -> new Content(Content.Kind.DISK, disk)))
                .collect(Collectors.toSet());
    }
}

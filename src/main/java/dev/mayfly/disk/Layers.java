package dev.mayfly.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disks that a file system lies on.
 *
 * @param root what is seen at the root and can be changed in memory; null for an empty root
 * @param mounts what is seen elsewhere; none of them within another
 */
public record Layers(@Nullable ReadOnlyDisk root, List<Mount> mounts) {

    /** No disk. */
    public static final Layers NONE = new Layers(null, List.of());

    public Layers {
        mounts = List.copyOf(mounts);
    }
}

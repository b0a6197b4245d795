package dev.mayfly.wasi;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Layers;
import dev.mayfly.disk.Storage;
import java.util.function.Consumer;

/**
 * What a guest may do with its host.
 *
 * @param systemCalls which calls it may make
 * @param files what its files may take
 * @param storage where the memory for its files comes from
 * @param layers the disks that its files lie on
 * @param onFiles is given its files when they are there, before it runs; they outlive it
 */
public record Confinement(
        SystemCallPolicy systemCalls, FileLimits files, Storage storage, Layers layers, Consumer<FileSystem> onFiles) {

    /** All calls, and {@link FileLimits#DEFAULT} of files from memory that is not shared with other guests. */
    public static final Confinement DEFAULT =
            new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED);

    /** Files that nobody looks at. */
    public Confinement(SystemCallPolicy systemCalls, FileLimits files, Storage storage, Layers layers) {
        this(systemCalls, files, storage, layers, _ -> {});
    }

    /** Files that lie on nothing. */
    public Confinement(SystemCallPolicy systemCalls, FileLimits files, Storage storage) {
        this(systemCalls, files, storage, Layers.NONE);
    }
}
